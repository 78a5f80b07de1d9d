//! `\copy`: `copy` whose file is the client's.
//!
//! Variables are not replaced in it, and it takes its line as a whole
//! ([manual, psql](https://www.postgresql.org/docs/current/app-psql.html#APP-PSQL-META-COMMANDS-COPY)).

use std::ops::Range;

/// What `\copy` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCopy {
    /// The statement for the server: from standard input, or to standard output.
    pub sql: String,
    /// Where the data come from or go to.
    pub place: Place,
}

/// The client's side of `\copy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `from stdin`: the lines that follow it in the script.
    Script,
    /// `from 'file'`
    File(String),
    /// `to stdout`
    Output,
}

impl ClientCopy {
    /// Reads what follows the command's name.
    pub(super) fn read(rest: &str) -> Result<Self, String> {
        let words = words(rest);
        let word = |at: usize| words.get(at).map(|range| &rest[range.clone()]);
        let is = |at: usize, wanted: &str| word(at).is_some_and(|w| w.eq_ignore_ascii_case(wanted));
        let way = (0..words.len())
            .find(|at| is(*at, "from") || is(*at, "to"))
            .ok_or("neither from nor to is said")?;
        let file = word(way + 1).ok_or("an argument is missing")?;
        let (direction, place) = match (is(way, "from"), file.to_ascii_lowercase().as_str()) {
            (_, "program") => return Err("no program is started from suites".to_owned()),
            (true, "pstdin") => return Err("suites have no standard input of their own".to_owned()),
            (true, "stdin") => ("from stdin", Place::Script),
            (true, _) => ("from stdin", Place::File(unquoted(file))),
            (false, "stdout" | "pstdout") => ("to stdout", Place::Output),
            (false, _) => {
                return Err("suites write no files; what goes to stdout is read as TAP".to_owned());
            }
        };
        let before = rest[..words[way].start].trim();
        let after = rest[words[way + 1].end..].trim();
        Ok(Self {
            sql: format!("copy {before} {direction} {after}")
                .trim_end()
                .to_owned(),
            place,
        })
    }
}

/// Words outside parentheses, quoted ones as a whole.
fn words(text: &str) -> Vec<Range<usize>> {
    let (mut words, mut at, mut depth) = (Vec::new(), 0, 0_usize);
    while let Some(c) = text[at..].chars().next() {
        let len = match c {
            '\'' | '"' => text[at + 1..]
                .find(c)
                .map_or(text.len() - at, |end| end + 2),
            '(' | ')' => 1,
            _ if c.is_whitespace() => c.len_utf8(),
            _ => text[at..]
                .find(|c: char| c.is_whitespace() || "()'\"".contains(c))
                .unwrap_or(text.len() - at),
        };
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !c.is_whitespace() => words.push(at..at + len),
            _ => {}
        }
        at += len;
    }
    words
}

fn unquoted(word: &str) -> String {
    let inside = word
        .strip_prefix('\'')
        .and_then(|word| word.strip_suffix('\''));
    inside.unwrap_or(word).to_owned()
}
