//! Ctrl-C: what a database runs is cancelled, and files that are being written are finished first.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, PoisonError, RwLock, RwLockReadGuard};

use tokio::sync::watch;

/// The exit status of a program ended by Ctrl-C, as shells count it: 128 + SIGINT.
pub const INTERRUPTED: u8 = 130;
/// Who interrupts this often does not want to wait for a server that does not answer.
const PATIENCE: u32 = 3;

static INTERRUPTS: LazyLock<watch::Sender<()>> = LazyLock::new(|| watch::channel(()).0);
static COUNT: AtomicU32 = AtomicU32::new(0);
static HELD: RwLock<()> = RwLock::new(());

/// From now on Ctrl-C (and `SIGTERM`, `SIGHUP`) cancels what open sessions run, in place of ending the process: each
/// gets [`QueryError::Interrupted`](crate::database::QueryError::Interrupted) once. Without an open session or test database, or the
/// third time, the process ends with status 130. For the command line to call, once; a second call does nothing.
pub fn cancel_on_interrupt() {
    // An error says that there is a handler already.
    let _ = ctrlc::set_handler(|| {
        let count = COUNT.fetch_add(1, Ordering::Relaxed) + 1;
        if INTERRUPTS.receiver_count() == 0 || count >= PATIENCE {
            let _nobody_holds = HELD.write().unwrap_or_else(PoisonError::into_inner);
            process::exit(INTERRUPTED.into());
        }
        INTERRUPTS.send_replace(());
    });
}

/// Whether the user has interrupted this process.
pub fn was_interrupted() -> bool {
    COUNT.load(Ordering::Relaxed) > 0
}

/// As long as this is held, an interrupt waits before it ends the process. For short work that is done as a whole.
pub fn hold() -> RwLockReadGuard<'static, ()> {
    HELD.read().unwrap_or_else(PoisonError::into_inner)
}

/// Hears of interrupts; while anybody does, the first two of them do not end the process.
pub(crate) type Ear = watch::Receiver<()>;

/// An ear: `changed()` is ready once for each interrupt after this call.
pub(crate) fn listen() -> Ear {
    INTERRUPTS.subscribe()
}
