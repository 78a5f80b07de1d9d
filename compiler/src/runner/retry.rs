use std::time::Duration;

use crate::database::{QueryError, SqlState};

/// How long to wait for locks, and how often to try again.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// `lock_timeout`: how long a statement waits for a lock before it gives way to the others in the queue.
    pub lock_timeout: Duration,
    /// How often what did not get its locks is tried again.
    pub retries: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            lock_timeout: Duration::from_secs(5),
            retries: 6,
        }
    }
}

impl Patience {
    /// The statement that makes the server keep to it.
    pub fn statement(&self) -> String {
        format!("set lock_timeout = '{}ms'", self.lock_timeout.as_millis())
    }

    /// How long to wait after the `attempt`-th try (from 1) failed with `error`; `None` when there is no use in another.
    pub(super) fn wait(&self, attempt: u32, error: &QueryError) -> Option<Duration> {
        let code = error.code()?;
        let passing =
            *code == SqlState::LOCK_NOT_AVAILABLE || *code == SqlState::T_R_DEADLOCK_DETECTED;
        (passing && attempt <= self.retries).then(|| back_off(attempt))
    }
}

/// 0.5, 1, 2, 4, … seconds, half a minute at most.
fn back_off(attempt: u32) -> Duration {
    let factor = 1 << attempt.saturating_sub(1).min(6);
    (Duration::from_millis(500) * factor).min(Duration::from_secs(30))
}
