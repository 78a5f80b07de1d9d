//! What a stream of TAP amounts to.

use serde::Serialize;

/// The outcome of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The tests in the order of the stream.
    pub cases: Vec<Case>,
    /// How many were announced.
    pub planned: Option<u64>,
    /// Why the whole file was skipped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_all: Option<String>,
    /// Why all testing shall stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bail_out: Option<String>,
    /// What is wrong with the stream itself: no plan, a wrong count, numbers out of sequence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<String>,
    /// The exit status of what wrote the stream.
    pub exit: i32,
}

/// One test line, and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Its number in the stream.
    pub number: u64,
    /// The line of the suite that gave it, from 1; 0 when it is not known.
    pub line: usize,
    /// What is tested.
    pub description: String,
    /// How it went.
    pub status: Status,
    /// The reason for skipping or leaving it to be done; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The diagnostics that follow it, without their `#`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<String>,
}

/// How a test went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// `ok`
    Passed,
    /// `not ok`, and a test beyond the plan, whatever it says
    Failed,
    /// `ok # SKIP`
    Skipped,
    /// `not ok # TODO`: known to fail, no failure
    Todo,
    /// `ok # TODO`: passes although nobody expected it, no failure either
    TodoPassed,
}

impl Verdict {
    /// Whether `pg_prove` calls the file good: nothing failed, nothing is wrong with the stream, exit status 0.
    pub fn passed(&self) -> bool {
        self.failures().next().is_none()
            && self.errors.is_empty()
            && self.exit == 0
            && self.bail_out.is_none()
    }

    /// The tests that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Case> {
        self.cases
            .iter()
            .filter(|case| case.status == Status::Failed)
    }

    /// How many tests have this status.
    pub fn count(&self, status: Status) -> usize {
        self.cases
            .iter()
            .filter(|case| case.status == status)
            .count()
    }
}

impl Case {
    /// What pgTAP says was there: the value after `have:`.
    pub fn have(&self) -> Option<&str> {
        self.labelled("have:")
    }

    /// What pgTAP says was wanted: the value after `want:`.
    pub fn want(&self) -> Option<&str> {
        self.labelled("want:")
    }

    fn labelled(&self, label: &str) -> Option<&str> {
        self.diagnostics
            .iter()
            .find_map(|line| line.trim_start().strip_prefix(label).map(str::trim))
    }
}
