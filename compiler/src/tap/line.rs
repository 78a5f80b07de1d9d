//! One line of TAP.

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// `TAP version 13`
    Version(u64),
    /// `1..4`
    Plan(Plan),
    /// `ok 1 - it works`
    Test(Test),
    /// `# a diagnostic`, without the `#`
    Diagnostic(String),
    /// `Bail out! no database`, with the reason
    BailOut(String),
    /// `pragma +strict`
    Pragma(Vec<(bool, String)>),
    /// `  ---`: a YAML block starts (version 13 only), indented by so many bytes
    Yaml(usize),
    /// Anything else
    Unknown(String),
}

/// `1..4`, `1..0 # SKIP no time`, `1..4 todo 2 3`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// How many tests there will be.
    pub tests: u64,
    /// Why there are none; empty when no reason is given.
    pub skip_all: Option<String>,
    /// Tests that are expected to fail, by number.
    pub todo: Vec<u64>,
}

/// `not ok 3 - it fails # TODO later`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// What the line says, whatever the directive.
    pub ok: bool,
    /// The number, where there is one.
    pub number: Option<u64>,
    /// What is tested, with its leading `- `.
    pub description: String,
    /// What follows the `#`.
    pub directive: Option<(Directive, String)>,
}

/// What a test line can be excused with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directive {
    /// `# SKIP`
    Skip,
    /// `# TODO`
    Todo,
}

impl Line {
    /// Reads a line of a stream that says it is of this version of the protocol.
    pub fn read(text: &str, version: u64) -> Self {
        known(text, version).unwrap_or_else(|| Self::Unknown(text.to_owned()))
    }
}

fn known(text: &str, version: u64) -> Option<Line> {
    test(text)
        .map(Line::Test)
        .or_else(|| {
            text.strip_prefix('#')
                .map(|rest| Line::Diagnostic(rest.to_owned()))
        })
        .or_else(|| plan(text, version))
        .or_else(|| bail_out(text))
        .or_else(|| tap_version(text).map(Line::Version))
        .or_else(|| {
            (version >= 13)
                .then(|| pragma(text).or_else(|| yaml(text)))
                .flatten()
        })
}

fn test(text: &str) -> Option<Test> {
    let (ok, rest) = match text.strip_prefix("not ok") {
        Some(rest) => (false, rest),
        None => (true, text.strip_prefix("ok")?),
    };
    if rest.starts_with(is_word) {
        return None;
    }
    let (digits, rest) = take_digits(rest.trim_start());
    let (description, directive) = split_directive(rest.trim_start());
    Some(Test {
        ok,
        number: (!digits.is_empty()).then(|| number(digits)),
        description: description.trim().to_owned(),
        directive,
    })
}

/// The first `#` without a backslash counts, and only when a directive follows at once.
fn split_directive(text: &str) -> (&str, Option<(Directive, String)>) {
    let Some(hash) = unescaped_hash(text) else {
        return (text, None);
    };
    let (description, comment) = text.split_at(hash);
    match directive(&comment[1..]) {
        Some(directive) => (description, Some(directive)),
        None => (text, None),
    }
}

fn unescaped_hash(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '#' => return Some(at),
            _ => {}
        }
    }
    None
}

fn directive(comment: &str) -> Option<(Directive, String)> {
    let comment = comment.trim_start();
    let (word, rest) = comment.split_at_checked(4)?;
    let directive = match word.to_ascii_uppercase().as_str() {
        "SKIP" => Directive::Skip,
        "TODO" => Directive::Todo,
        _ => return None,
    };
    (!rest.starts_with(is_word)).then(|| (directive, rest.trim().to_owned()))
}

fn plan(text: &str, version: u64) -> Option<Line> {
    let (digits, rest) = take_digits(text.strip_prefix("1..")?);
    if digits.is_empty() {
        return None;
    }
    let (tests, tail) = (number(digits), rest.trim_start());
    let plan = if version >= 13 {
        plan_13(tests, tail)
    } else {
        plan_12(tests, tail)
    };
    plan.map(Line::Plan)
}

/// A reason is read after `# SKIP`, and needs a blank before it.
fn plan_12(tests: u64, tail: &str) -> Option<Plan> {
    if let Some(todo) = todo_list(tail) {
        return Some(Plan {
            tests,
            todo,
            skip_all: None,
        });
    }
    match tests {
        0 => Some(Plan {
            tests,
            skip_all: Some(skip_reason(tail).unwrap_or_default()),
            todo: Vec::new(),
        }),
        _ => tail.is_empty().then(|| Plan {
            tests,
            ..Plan::default()
        }),
    }
}

fn plan_13(tests: u64, tail: &str) -> Option<Plan> {
    if tail.is_empty() {
        let skip_all = (tests == 0).then(String::new);
        return Some(Plan {
            tests,
            skip_all,
            todo: Vec::new(),
        });
    }
    let comment = tail.strip_prefix('#')?;
    let (directive, reason) = directive(comment)?;
    (directive == Directive::Skip).then(|| Plan {
        tests,
        skip_all: Some(reason),
        todo: Vec::new(),
    })
}

fn todo_list(tail: &str) -> Option<Vec<u64>> {
    let rest = tail.strip_prefix("todo")?;
    if !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let all_digits = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Vec<u64> = rest
        .split_whitespace()
        .take_while(all_digits)
        .map(number)
        .collect();
    (!numbers.is_empty()).then_some(numbers)
}

fn skip_reason(tail: &str) -> Option<String> {
    let comment = tail.strip_prefix('#')?.trim_start();
    let (word, _) = comment.split_at_checked(4)?;
    if !word.eq_ignore_ascii_case("skip") {
        return None;
    }
    let (_, reason) = comment.split_once(char::is_whitespace)?;
    Some(reason.trim().to_owned())
}

fn bail_out(text: &str) -> Option<Line> {
    let reason = text.trim_start().strip_prefix("Bail out!")?;
    Some(Line::BailOut(reason.trim_start().to_owned()))
}

fn tap_version(text: &str) -> Option<u64> {
    let mut words = text.split_whitespace();
    let is = |word: Option<&str>, wanted: &str| {
        word.is_some_and(|word| word.eq_ignore_ascii_case(wanted))
    };
    if text.starts_with(char::is_whitespace)
        || !is(words.next(), "tap")
        || !is(words.next(), "version")
    {
        return None;
    }
    let digits = words.next()?;
    (words.next().is_none() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| number(digits))
}

fn pragma(text: &str) -> Option<Line> {
    let list = text.strip_prefix("pragma")?;
    if !list.starts_with(char::is_whitespace) {
        return None;
    }
    list.split(',')
        .map(one_pragma)
        .collect::<Option<Vec<_>>>()
        .map(Line::Pragma)
}

fn one_pragma(text: &str) -> Option<(bool, String)> {
    let text = text.trim();
    let on = text.starts_with('+');
    let name = text.strip_prefix(['+', '-'])?;
    (!name.is_empty() && name.chars().all(is_word)).then(|| (on, name.to_owned()))
}

fn yaml(text: &str) -> Option<Line> {
    let indent = text.len() - text.trim_start().len();
    (indent > 0 && text.trim_start().starts_with("---")).then_some(Line::Yaml(indent))
}

fn take_digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

/// A number too large for the type is out of sequence in any case.
fn number(digits: &str) -> u64 {
    digits.parse().unwrap_or(u64::MAX)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
