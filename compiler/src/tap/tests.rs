use super::*;

fn statuses(stream: &str) -> Vec<Status> {
    read(stream, 0)
        .cases
        .iter()
        .map(|case| case.status)
        .collect()
}

fn errors(stream: &str) -> Vec<String> {
    read(stream, 0).errors
}

#[test]
fn a_plan_first_or_last() {
    assert!(read("1..2\nok 1\nok 2\n", 0).passed());
    assert!(read("ok 1\nok 2\n1..2\n", 0).passed());
    assert_eq!(
        errors("ok 1\n1..2\nok 2\n"),
        ["Plan (1..2) must be at the beginning or end of the TAP output"]
    );
    assert_eq!(
        errors("1..1\nok 1\n1..1\n"),
        ["More than one plan found in TAP output"]
    );
}

#[test]
fn no_plan_and_wrong_counts() {
    assert_eq!(errors("ok 1\n"), ["No plan found in TAP output"]);
    assert_eq!(errors(""), ["No plan found in TAP output"]);
    assert_eq!(
        errors("1..2\nok 1\n"),
        ["Bad plan.  You planned 2 tests but ran 1."]
    );
    assert_eq!(
        statuses("1..1\nok 1\nok 2\n"),
        [Status::Passed, Status::Failed]
    );
}

#[test]
fn numbers() {
    assert!(read("1..3\nok\nok\nok 3\n", 0).passed());
    assert_eq!(
        errors("1..2\nok 1\nok 3\n"),
        ["Tests out of sequence.  Found (3) but expected (2)"]
    );
    assert_eq!(errors("1..1\nok 99999999999999999999999\n").len(), 1);
}

#[test]
fn directives() {
    assert_eq!(
        statuses(
            "1..5\nnot ok 1 # TODO later\nok 2 # todo\nok 3 # skip no time\nnot ok 4 # SKIP\nok 5 - \\# TODO"
        ),
        [
            Status::Todo,
            Status::TodoPassed,
            Status::Skipped,
            Status::Failed,
            Status::Passed
        ]
    );
    assert!(read("1..1\nnot ok 1 - x # TODO later", 0).passed());
    assert_eq!(
        read("1..1\nok 1 - x # SKIP no time", 0).cases[0].reason,
        "no time"
    );
    assert_eq!(
        statuses("1..2 todo 2\nok 1\nnot ok 2"),
        [Status::Passed, Status::Todo]
    );
    assert_eq!(statuses("1..1\nnot ok 1 - x # TODOs"), [Status::Failed]);
}

#[test]
fn skip_all() {
    let verdict = read("1..0 # SKIP no server", 0);
    assert_eq!(verdict.skip_all.as_deref(), Some("no server"));
    assert!(verdict.passed());
    assert_eq!(read("1..0", 0).skip_all.as_deref(), Some(""));
}

#[test]
fn diagnostics_belong_to_the_test_above() {
    let verdict = read(
        "1..1\n# before\nnot ok 1 - sums\n# Failed test 1: \"sums\"\n#         have: 3\n#         want: 4\n",
        0,
    );
    assert_eq!(
        (verdict.cases[0].have(), verdict.cases[0].want()),
        (Some("3"), Some("4"))
    );
    assert_eq!(verdict.cases[0].description, "sums");
}

#[test]
fn subtests_count_by_their_summary() {
    let stream = "1..1\n# Subtest: inner\n    ok 1 - a\n    not ok 2 - b\n    1..2\nok 1 - inner\n";
    assert!(read(stream, 0).passed());
    assert_eq!(read(stream, 0).cases.len(), 1);
}

#[test]
fn bail_out_ends_it() {
    let verdict = read("1..3\nok 1\n  Bail out! no disk\nnot ok 2\n", 0);
    assert_eq!(verdict.bail_out.as_deref(), Some("no disk"));
    assert_eq!(verdict.cases.len(), 1);
    assert!(!verdict.passed());
}

#[test]
fn the_exit_status_counts() {
    assert!(!read("1..1\nok 1\n", 3).passed());
    assert!(read("TAP version 13\npragma +ignore_exit\n1..1\nok 1\n", 3).passed());
}

#[test]
fn words_that_are_no_test() {
    assert_eq!(statuses("1..1\nokay\nnotok 2\nok-1\n").len(), 1);
    assert_eq!(statuses("1..1\n ok 1\nok 1\n").len(), 1);
}
