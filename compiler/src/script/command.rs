//! psql's backslash commands, as far as test suites use them.

use super::client_copy::ClientCopy;
use super::variables::{Variables, is_true};

/// What a backslash command asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `\set name value…`
    Set(String, String),
    /// `\unset name`
    Unset(String),
    /// `\echo`, `\qecho`: a line of output
    Echo(String),
    /// `\warn`: a line of standard error
    Warn(String),
    /// `\i file`, from the working directory; `\ir file`, from the script's folder
    Include {
        /// The file as written.
        file: String,
        /// `\ir`
        relative: bool,
    },
    /// `\t`, `\pset tuples_only`: without headers and footers; no value toggles
    TuplesOnly(Option<bool>),
    /// `\pset null`: what stands for null
    Null(String),
    /// `\f`, `\pset fieldsep`: what stands between fields
    Separator(String),
    /// `\gset [prefix]`: the row before into variables
    Gset(String),
    /// `\g`: send what stands before it
    Go,
    /// `\gexec`: and then each value of the answer
    Gexec,
    /// `\copy`
    Copy(ClientCopy),
    /// `\if expression`
    If(bool),
    /// `\elif expression`
    Elif(bool),
    /// `\else`
    Else,
    /// `\endif`
    Endif,
    /// `\q`
    Quit,
    /// What changes nothing in a test's output: `\timing off`, `\pset pager`, `\encoding utf8` and their like
    Nothing,
}

/// Why a backslash command cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// It exists in psql and not here.
    #[error("the psql command \\{0} is not supported in suites")]
    Unsupported(String),
    /// It would leave the suite's session.
    #[error(
        "\\{0} is not supported in suites: each has one session, in a database of its own; `set role` and `set session authorization` change who acts"
    )]
    Connects(String),
    /// Its arguments are not understood.
    #[error("\\{command}: {what}")]
    Argument {
        /// The command.
        command: String,
        /// What is wrong.
        what: String,
    },
}

impl Command {
    /// Reads a command.
    pub fn read(name: &str, rest: &str, variables: &Variables) -> Result<Self, CommandError> {
        if name == "copy" {
            let copy = ClientCopy::read(rest).map_err(|what| wrong(name, what))?;
            return Ok(Self::Copy(copy));
        }
        let words = arguments(rest, variables).map_err(|what| wrong(name, what))?;
        let word = |at: usize| words.get(at).map(String::as_str);
        let needed = |at: usize| {
            word(at)
                .map(str::to_owned)
                .ok_or_else(|| wrong(name, "an argument is missing"))
        };
        Ok(match name {
            "set" if words.is_empty() => Self::Nothing,
            "set" => Self::Set(needed(0)?, words[1..].concat()),
            "unset" => Self::Unset(needed(0)?),
            "echo" | "qecho" => Self::Echo(words.join(" ")),
            "warn" => Self::Warn(words.join(" ")),
            "i" | "include" => Self::Include {
                file: needed(0)?,
                relative: false,
            },
            "ir" | "include_relative" => Self::Include {
                file: needed(0)?,
                relative: true,
            },
            "t" => Self::TuplesOnly(word(0).and_then(is_true)),
            "f" => Self::Separator(needed(0)?),
            "pset" => return pset(word(0), word(1)),
            "gset" => Self::Gset(word(0).unwrap_or_default().to_owned()),
            "g" if words.is_empty() => Self::Go,
            "gexec" => Self::Gexec,
            "c" | "connect" => return Err(CommandError::Connects(name.to_owned())),
            "if" => Self::If(condition(name, &words)?),
            "elif" => Self::Elif(condition(name, &words)?),
            "else" => Self::Else,
            "endif" => Self::Endif,
            "q" | "quit" => Self::Quit,
            "encoding" | "timing" | "errverbose" | "conninfo" => Self::Nothing,
            _ => return Err(CommandError::Unsupported(name.to_owned())),
        })
    }
}

/// `\pset option value`: only unaligned output can be read as TAP.
fn pset(option: Option<&str>, value: Option<&str>) -> Result<Command, CommandError> {
    let text = value.unwrap_or_default().to_owned();
    match option {
        Some("t" | "tuples_only") => Ok(Command::TuplesOnly(value.and_then(is_true))),
        Some("null") => Ok(Command::Null(text)),
        Some("fieldsep") => Ok(Command::Separator(text)),
        Some("format") if text != "unaligned" => Err(wrong(
            "pset",
            format!("format {text} cannot be read as TAP; use unaligned"),
        )),
        Some("expanded" | "x") if is_true(&text) != Some(false) => {
            Err(CommandError::Unsupported("pset expanded".to_owned()))
        }
        _ => Ok(Command::Nothing),
    }
}

fn condition(name: &str, words: &[String]) -> Result<bool, CommandError> {
    let text = words.concat();
    is_true(&text).ok_or_else(|| wrong(name, format!("`{text}` is neither true nor false")))
}

fn wrong(command: &str, what: impl Into<String>) -> CommandError {
    CommandError::Argument {
        command: command.to_owned(),
        what: what.into(),
    }
}

/// The arguments of a command: words, quoted or not, with variables replaced.
pub fn arguments(rest: &str, variables: &Variables) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut text = rest.trim_start();
    while !text.is_empty() {
        let (word, used) = argument(text, variables)?;
        words.push(word);
        text = text[used..].trim_start();
    }
    Ok(words)
}

fn argument(text: &str, variables: &Variables) -> Result<(String, usize), String> {
    let (mut word, mut at) = (String::new(), 0);
    while let Some(c) = text[at..].chars().next().filter(|c| !c.is_whitespace()) {
        let rest = &text[at..];
        match c {
            '`' => return Err("a shell command in backticks is not run in suites".to_owned()),
            '\'' => at += single_quoted(rest, &mut word)?,
            '"' => {
                let end = rest[1..].find('"').ok_or("a double quote is not closed")?;
                word.push_str(&rest[1..=end]);
                at += end + 2;
            }
            ':' => {
                let (value, used) = variables.expand(rest).unwrap_or((":".to_owned(), 1));
                word.push_str(&value);
                at += used;
            }
            _ => {
                word.push(c);
                at += c.len_utf8();
            }
        }
    }
    Ok((word, at))
}

/// Takes `'…'` with C-like escapes; its length.
fn single_quoted(text: &str, word: &mut String) -> Result<usize, String> {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' if chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
                word.push('\'');
            }
            '\'' => return Ok(at + 1),
            '\\' => match chars.next() {
                Some((_, 'n')) => word.push('\n'),
                Some((_, 't')) => word.push('\t'),
                Some((_, escaped)) => word.push(escaped),
                None => break,
            },
            _ => word.push(c),
        }
    }
    Err("a quote is not closed".to_owned())
}
