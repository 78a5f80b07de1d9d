//! For people.

use std::fmt::Write;

use super::Totals;
use crate::proofs::player::Message;
use crate::proofs::run::SuiteRun;
use crate::tap::{Case, Status, Verdict};

const GOOD: &str = "\u{1b}[32m";
const BAD: &str = "\u{1b}[31m";
const FAINT: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

/// A line for each suite, each failure with its place, and a summary.
pub fn human(runs: &[SuiteRun]) -> String {
    let mut text = String::new();
    let width = runs
        .iter()
        .map(|run| run.suite.path.display().to_string().chars().count())
        .max()
        .unwrap_or(0);
    for run in runs {
        let name = run.suite.path.display().to_string();
        let _ = writeln!(text, "{name:width$}  {}", outcome(run));
    }
    for run in runs.iter().filter(|run| !run.passed()) {
        failures(&mut text, run);
    }
    for run in runs {
        surprises(&mut text, run);
    }
    let _ = writeln!(text, "\n{}", summary(Totals::of(runs)));
    text
}

fn outcome(run: &SuiteRun) -> String {
    let verdict = &run.played.verdict;
    let tests = verdict.cases.len();
    match &verdict.skip_all {
        Some(reason) if verdict.passed() => format!("{FAINT}skipped{PLAIN} {reason}"),
        _ if verdict.passed() => format!("{GOOD}ok{PLAIN} {FAINT}{}{PLAIN}", plural(tests, "test")),
        _ => format!("{BAD}failed{PLAIN} {}", what_failed(verdict)),
    }
}

fn what_failed(verdict: &Verdict) -> String {
    let failed = verdict.count(Status::Failed);
    if let Some(reason) = &verdict.bail_out {
        return format!("bailed out: {reason}");
    }
    match failed {
        0 => verdict
            .errors
            .first()
            .cloned()
            .unwrap_or_else(|| format!("exit status {}", verdict.exit)),
        _ => format!("{failed} of {}", plural(verdict.cases.len(), "test")),
    }
}

fn failures(text: &mut String, run: &SuiteRun) {
    let file = run.suite.path.display();
    for case in run.played.verdict.failures() {
        let _ = writeln!(text, "\n{BAD}✗{PLAIN} {file}:{} {}", case.line, title(case));
        details(text, case);
    }
    for message in run
        .played
        .messages
        .iter()
        .filter(|message| message.is_error())
    {
        error(text, message);
    }
    for problem in &run.played.verdict.errors {
        let _ = writeln!(text, "\n{BAD}✗{PLAIN} {file}: {problem}");
    }
}

fn title(case: &Case) -> String {
    if case.description.is_empty() {
        format!("test {}", case.number)
    } else {
        case.description.clone()
    }
}

/// What pgTAP says below the test, but for its repetition of file and name.
fn details(text: &mut String, case: &Case) {
    for line in &case.diagnostics {
        let repeats = line.starts_with("Failed test")
            || line.starts_with("Looks like you")
            || line.trim_start().starts_with("Failed (TODO)");
        if !repeats {
            let _ = writeln!(text, "    {line}");
        }
    }
}

fn error(text: &mut String, message: &Message) {
    let code = message
        .code
        .as_ref()
        .map(|code| format!(" ({code})"))
        .unwrap_or_default();
    let _ = writeln!(
        text,
        "\n{BAD}✗{PLAIN} {}:{}: {}: {}{code}",
        message.file.display(),
        message.line,
        message.severity,
        message.text
    );
    for line in message.more.iter().flat_map(|more| more.lines()) {
        let _ = writeln!(text, "    {line}");
    }
}

fn surprises(text: &mut String, run: &SuiteRun) {
    for case in run
        .played
        .verdict
        .cases
        .iter()
        .filter(|case| case.status == Status::TodoPassed)
    {
        let _ = writeln!(
            text,
            "\n{FAINT}! {}:{} passes, and is marked as todo: {}{PLAIN}",
            run.suite.path.display(),
            case.line,
            title(case)
        );
    }
}

fn summary(totals: Totals) -> String {
    let mut parts = vec![format!("{} passed", totals.passed)];
    for (count, word) in [
        (totals.failed, "failed"),
        (totals.skipped, "skipped"),
        (totals.todo, "todo"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    let colour = if totals.passed() { GOOD } else { BAD };
    let head = if totals.passed() {
        "All suites pass".to_owned()
    } else {
        format!("{} failed", plural(totals.failed_suites, "suite"))
    };
    format!(
        "{colour}{head}{PLAIN}: {}, {}: {}",
        plural(totals.suites, "suite"),
        plural(totals.tests, "test"),
        parts.join(", ")
    )
}

fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}
