//! Several lanes at once.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::stage::StageError;
use crate::interrupt::was_interrupted;

/// Gives each piece of work to one of `jobs` workers, and the answers in the order of the work. A lane is made on the thread of its worker.
/// The first error ends it, and so does Ctrl-C; so does work after which `last` says so, and then what is left has no answer.
pub fn share<W: Sync, T: Send, L>(
    work: &[W],
    jobs: usize,
    lane: impl Fn() -> L + Sync,
    step: impl Fn(&mut L, &W) -> Result<T, StageError> + Sync,
    last: impl Fn(&T) -> bool + Sync,
) -> Result<Vec<Option<T>>, StageError> {
    let queue: Mutex<VecDeque<usize>> = Mutex::new((0..work.len()).collect());
    let answers: Vec<Mutex<Option<Result<T, StageError>>>> =
        work.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, work.len().max(1)) {
            scope.spawn(|| {
                let mut place = lane();
                // The lock is free again before the work begins.
                let next = || lock(&queue).pop_front();
                while let Some(at) = next() {
                    let answer = step(&mut place, &work[at]);
                    if was_interrupted() || answer.as_ref().map_or(true, &last) {
                        lock(&queue).clear();
                    }
                    *lock(&answers[at]) = Some(answer);
                }
            });
        }
    });
    // What was cancelled has answers that mean nothing.
    if was_interrupted() {
        return Err(StageError::Interrupted);
    }
    answers
        .into_iter()
        .map(|answer| {
            answer
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner)
                .transpose()
        })
        .collect()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
