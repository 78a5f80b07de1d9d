//! For programs.

use serde_json::{Value, json};

use super::Totals;
use crate::proofs::run::SuiteRun;

/// All that is known, but for the clock's part.
pub fn json(runs: &[SuiteRun]) -> Value {
    json!({
        "version": 1,
        "passed": Totals::of(runs).passed(),
        "totals": Totals::of(runs),
        "suites": runs.iter().map(suite).collect::<Vec<_>>(),
    })
}

fn suite(run: &SuiteRun) -> Value {
    json!({
        "file": run.suite.path,
        "passed": run.passed(),
        "result": run.played.verdict,
        "messages": run.played.messages,
    })
}
