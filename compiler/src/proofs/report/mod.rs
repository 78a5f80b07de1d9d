//! What became of the suites, for people and programs.

mod evidence;
mod human;
mod json;
mod junit;
mod tap;

pub use evidence::{Report, Required};
pub use human::human;
pub use json::json;
pub use junit::junit;
pub use tap::tap;

use super::run::SuiteRun;
use crate::tap::Status;

/// Figures over all suites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Totals {
    /// Files.
    pub suites: usize,
    /// Files that `pg_prove` would not call good.
    pub failed_suites: usize,
    /// Tests run.
    pub tests: usize,
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: usize,
    /// Tests skipped.
    pub skipped: usize,
    /// Tests known to fail, those that pass all the same included.
    pub todo: usize,
}

impl Totals {
    /// Counts.
    pub fn of(runs: &[SuiteRun]) -> Self {
        let count = |status: Status| {
            runs.iter()
                .map(|run| run.played.verdict.count(status))
                .sum()
        };
        Self {
            suites: runs.len(),
            failed_suites: runs.iter().filter(|run| !run.passed()).count(),
            tests: runs.iter().map(|run| run.played.verdict.cases.len()).sum(),
            passed: count(Status::Passed),
            failed: count(Status::Failed),
            skipped: count(Status::Skipped),
            todo: count(Status::Todo) + count(Status::TodoPassed),
        }
    }

    /// Whether `pg_prove` would end with status 0.
    pub fn passed(&self) -> bool {
        self.failed_suites == 0
    }
}
