//! Runs SQL against a database so that it is known what was done: migrations with their journal, and plans.

mod apply;
mod journal;
mod retry;
mod script;
mod status;
mod up;

pub use apply::{ApplyError, Progress, apply};
pub use journal::{Entry, JOURNAL_SCHEMA, Journal};
pub use retry::Patience;
pub use script::{ScriptError, run_script, run_tolerantly};
pub use status::{State, Status, StatusProblem, status};
pub use up::{Event, UpError, baseline, up};
