use std::process;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::watch;

/// The exit status of a program ended by Ctrl-C, as shells count it: 128 + SIGINT.
const INTERRUPTED: i32 = 130;
/// Who interrupts this often does not want to wait for a server that does not answer.
const PATIENCE: u32 = 3;

static INTERRUPTS: LazyLock<watch::Sender<()>> = LazyLock::new(|| watch::channel(()).0);
static COUNT: AtomicU32 = AtomicU32::new(0);

/// From now on Ctrl-C (and `SIGTERM`, `SIGHUP`) cancels what open sessions run, in place of ending the process: each
/// gets [`QueryError::Interrupted`](super::QueryError::Interrupted) once. Without an open session, or the third
/// time, the process ends with status 130. For the command line to call, once; a second call does nothing.
pub fn cancel_on_interrupt() {
    // An error says that there is a handler already.
    let _ = ctrlc::set_handler(|| {
        let count = COUNT.fetch_add(1, Ordering::Relaxed) + 1;
        if INTERRUPTS.receiver_count() == 0 || count >= PATIENCE {
            process::exit(INTERRUPTED);
        }
        INTERRUPTS.send_replace(());
    });
}

/// A session's ear: `changed()` is ready once for each interrupt after this call.
pub(super) fn listen() -> watch::Receiver<()> {
    INTERRUPTS.subscribe()
}
