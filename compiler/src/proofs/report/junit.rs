//! JUnit's XML, which build servers show.

use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

use crate::proofs::run::SuiteRun;
use crate::tap::{Case, Status};

/// A test suite for each file, a test case for each test, and one for what is wrong with the file itself.
pub fn junit(runs: &[SuiteRun]) -> Result<String, SerializeError> {
    let mut report = Report::new("pgtap");
    for run in runs {
        report.add_test_suite(suite(run));
    }
    report.to_string()
}

fn suite(run: &SuiteRun) -> TestSuite {
    let file = run.suite.path.display().to_string();
    let mut suite = TestSuite::new(file.clone());
    suite.set_time(run.took);
    for case in &run.played.verdict.cases {
        suite.add_test_case(test_case(&file, case));
    }
    if let Some(problem) = problem(run) {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(problem);
        let mut case = TestCase::new("the suite itself", status);
        case.set_classname(file);
        suite.add_test_case(case);
    }
    suite
}

fn test_case(file: &str, case: &Case) -> TestCase {
    let mut status = match case.status {
        Status::Passed | Status::TodoPassed => TestCaseStatus::success(),
        Status::Skipped | Status::Todo => TestCaseStatus::skipped(),
        Status::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
    };
    match case.status {
        Status::Failed => {
            status.set_message(format!("{file}:{}", case.line));
            status.set_description(case.diagnostics.join("\n"));
        }
        Status::Skipped | Status::Todo => {
            status.set_message(case.reason.clone());
        }
        _ => {}
    }
    let mut test = TestCase::new(format!("{} - {}", case.number, case.description), status);
    test.set_classname(file);
    test
}

/// Errors, a wrong plan, a bail-out: what belongs to no test.
fn problem(run: &SuiteRun) -> Option<String> {
    let verdict = &run.played.verdict;
    let errors = run
        .played
        .messages
        .iter()
        .filter(|message| message.is_error());
    let mut problems: Vec<String> = errors
        .map(|message| {
            format!(
                "{}:{}: {}",
                message.file.display(),
                message.line,
                message.text
            )
        })
        .collect();
    problems.extend(verdict.errors.iter().cloned());
    problems.extend(
        verdict
            .bail_out
            .iter()
            .map(|reason| format!("bailed out: {reason}")),
    );
    if problems.is_empty() && verdict.exit != 0 {
        problems.push(format!("exit status {}", verdict.exit));
    }
    (!problems.is_empty()).then(|| problems.join("\n"))
}
