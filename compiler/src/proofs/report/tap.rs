//! One TAP stream: a test for each suite, what it wrote as its subtest.

use std::fmt::Write;

use crate::proofs::run::SuiteRun;

/// TAP that any harness reads: the same pass and fail as the suites one by one.
pub fn tap(runs: &[SuiteRun]) -> String {
    let mut text = format!("1..{}\n", runs.len());
    for (at, run) in runs.iter().enumerate() {
        let name = run.suite.path.display();
        let _ = writeln!(text, "# Subtest: {name}");
        for (_, line) in &run.played.output {
            let _ = writeln!(text, "    {line}");
        }
        for message in run
            .played
            .messages
            .iter()
            .filter(|message| message.is_error())
        {
            let _ = writeln!(
                text,
                "    # {}:{}: {}: {}",
                message.file.display(),
                message.line,
                message.severity,
                message.text
            );
        }
        for error in &run.played.verdict.errors {
            let _ = writeln!(text, "    # {error}");
        }
        let _ = writeln!(
            text,
            "{} {} - {name}{}",
            if run.passed() { "ok" } else { "not ok" },
            at + 1,
            skipped(run)
        );
        if let Some(reason) = &run.played.verdict.bail_out {
            let _ = writeln!(text, "Bail out!  {reason}");
        }
    }
    text
}

fn skipped(run: &SuiteRun) -> String {
    match &run.played.verdict.skip_all {
        Some(reason) if run.passed() => format!(" # SKIP {reason}"),
        _ => String::new(),
    }
}
