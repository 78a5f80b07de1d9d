//! The TAP reader against Perl's `TAP::Parser`, over the same streams.
//!
//! Needs `perl` with its standard library (Debian: `perl`), which `pg_prove` needs too.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use tablec::tap::{Status, Verdict, read};

/// Reads streams that are separated by a form feed, and prints each one's judgement on a line.
const JUDGE: &str = r#"
use TAP::Parser;
use TAP::Parser::Iterator::Array;
local $/ = "\f";
while (my $tap = <STDIN>) {
    chomp $tap;
    my $lines = TAP::Parser::Iterator::Array->new([split /\n/, $tap, -1]);
    my $parser = TAP::Parser->new({ iterator => $lines });
    my $bail = ''; my ($failed, $todo, $up, $skipped) = (0, 0, 0, 0);
    while (my $result = $parser->next) {
        if ($result->is_bailout) { $bail = 'bail:' . $result->explanation; last; }
        next unless $result->is_test;
        if (!$result->is_ok) { $failed++ }
        elsif ($result->has_todo) { $todo++; $up++ if $result->todo_passed }
        elsif ($result->has_skip) { $skipped++ }
    }
    print join('|', $bail, "run=" . $parser->tests_run, "failed=$failed", "todo=$todo", "up=$up", "skipped=$skipped",
        "planned=" . ($parser->tests_planned // 'none'), "all=" . ($parser->skip_all // 'none'),
        $bail ? () : $parser->parse_errors), "\n";
}
"#;

const LINES: &[&str] = &[
    "ok",
    "ok 1",
    "ok 2",
    "ok 3 - three",
    "not ok",
    "not ok 2 - two",
    "not ok 1 # TODO later",
    "ok # todo",
    "ok 1 - # SKIP why",
    "not ok 2 # skip",
    "ok 1 - a \\# TODO b",
    "ok 2 - a # b # TODO c",
    "okay",
    "ok1",
    "ok-",
    "notok",
    "NOT OK 1",
    " ok 1",
    "ok 1foo",
    "ok 007",
    "1..1",
    "1..2",
    "1..3",
    "1..0",
    "1..0 # SKIP no server",
    "1..0 skip",
    "1..2 todo 1 2",
    "1..2 todo",
    "1..2 # SKIP",
    "1..",
    "1..x",
    " 1..1",
    "# a comment",
    "#",
    "  # indented",
    "    ok 1 - sub",
    "    1..1",
    "TAP version 13",
    "TAP version 12",
    "TAP version 14",
    "tap VERSION 13",
    "TAP version",
    "Bail out!",
    "  Bail out! no disk",
    "bail out!",
    "",
    "   ",
    "junk",
    "pragma +strict",
    "pragma -strict",
    "pragma +ignore_exit, +strict",
    "1..3 ",
    "1..3  # skip all",
    "ok 1 #TODO",
    "ok 1 # TODOX",
    "ok 1 # TODO: x",
    "not ok 1 - x #   Skip  y  ",
    "ok - TODO",
    "1..1\t",
    "ok\t1\tx",
];

#[test]
fn judges_as_perl_does() {
    let streams = streams(6_000);
    let judged = perl(&streams.join("\x0c"));
    assert_eq!(judged.len(), streams.len(), "perl judged every stream");
    let mut wrong = String::new();
    for (stream, wanted) in streams.iter().zip(&judged) {
        let have = summary(&read(&format!("{stream}\n"), 0));
        if have != *wanted {
            let _ = write!(wrong, "\n{stream}\n  perl:   {wanted}\n  tablec: {have}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    println!("{} streams judged alike", streams.len());
}

/// Every line alone, every pair, and random longer streams of the same lines.
fn streams(random: usize) -> Vec<String> {
    let alone = LINES.iter().map(ToString::to_string);
    let pairs = LINES
        .iter()
        .flat_map(|a| LINES.iter().map(move |b| format!("{a}\n{b}")));
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap_or(0)
    };
    let longer = (0..random).map(move |_| {
        (0..3 + next(8))
            .map(|_| LINES[next(LINES.len())])
            .collect::<Vec<_>>()
            .join("\n")
    });
    // An empty stream has no lines to separate.
    alone
        .chain(pairs)
        .chain(longer)
        .filter(|stream| !stream.is_empty())
        .collect()
}

fn perl(input: &str) -> Vec<String> {
    let mut child = Command::new("perl")
        .args(["-w", "-e", JUDGE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("perl starts: install the package `perl`");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("perl ends");
    writer
        .join()
        .expect("no panic")
        .expect("perl reads everything");
    String::from_utf8(output.stdout)
        .expect("UTF-8")
        .lines()
        .map(str::to_owned)
        .collect()
}

fn summary(verdict: &Verdict) -> String {
    let count = |status| verdict.count(status);
    let up = count(Status::TodoPassed);
    let or_none = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
    let skip_all = verdict.skip_all.clone().map(|reason| {
        if reason.is_empty() {
            "(no reason given)".to_owned()
        } else {
            reason
        }
    });
    let mut parts = vec![
        verdict
            .bail_out
            .as_ref()
            .map(|reason| format!("bail:{reason}"))
            .unwrap_or_default(),
        format!("run={}", verdict.cases.len()),
        format!("failed={}", count(Status::Failed)),
        format!("todo={}", count(Status::Todo) + up),
        format!("up={up}"),
        format!("skipped={}", count(Status::Skipped)),
        format!(
            "planned={}",
            or_none(verdict.planned.map(|planned| planned.to_string()))
        ),
        format!("all={}", or_none(skip_all)),
    ];
    if verdict.bail_out.is_none() {
        parts.extend(verdict.errors.iter().cloned());
    }
    parts.join("|")
}
