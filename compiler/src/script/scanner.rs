//! Cuts a script into statements and backslash commands.

use super::variables::Variables;

/// A part of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// SQL to send.
    Statement {
        /// The text, variables replaced, without its `;`.
        sql: String,
        /// The line it starts on, from 1.
        line: usize,
    },
    /// A backslash command.
    Command {
        /// Its name, such as `set`.
        name: String,
        /// The rest of its line, variables not yet replaced.
        rest: String,
        /// SQL that stands before it and was not sent yet, as in `select 1 \gset`.
        sql: Option<(String, usize)>,
        /// Its line, from 1.
        line: usize,
    },
}

/// Reads a script piece by piece: what a piece sets, the next one sees.
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    buffer: Buffer,
}

/// The statement that is being read.
#[derive(Clone, Debug, Default)]
struct Buffer {
    sql: String,
    line: usize,
    parens: usize,
    /// Words seen, until it is clear whether this creates a routine.
    words: usize,
    routine: Routine,
    /// How deep in `begin atomic`.
    begins: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Routine {
    #[default]
    Unknown,
    Create,
    Yes,
    No,
}

impl<'a> Scanner<'a> {
    /// Starts at the beginning of a script.
    pub fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            text,
            at: 0,
            line: 1,
            buffer: Buffer::default(),
        }
    }

    /// The next piece; none at the end. A last statement needs no `;`.
    pub fn next_piece(&mut self, variables: &Variables) -> Option<Piece> {
        while let Some(c) = self.rest().chars().next() {
            if let Some(piece) = self.step(c, variables) {
                return Some(piece);
            }
        }
        self.take_statement()
    }

    /// The data that follow `copy … from stdin`: the lines after this one, up to `\.`.
    pub fn copy_data(&mut self) -> &'a str {
        let line_end = self
            .rest()
            .find('\n')
            .map_or(self.text.len(), |end| self.at + end + 1);
        self.advance(line_end - self.at);
        let start = self.at;
        while !self.rest().is_empty() {
            let line = self.rest().split_inclusive('\n').next().unwrap_or_default();
            let end = self.at;
            self.advance(line.len());
            if line.trim_end_matches(['\n', '\r']) == "\\." {
                return &self.text[start..end];
            }
        }
        &self.text[start..]
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn step(&mut self, c: char, variables: &Variables) -> Option<Piece> {
        let rest = self.rest();
        match c {
            _ if rest.starts_with("--") => self.comment(rest.find('\n').unwrap_or(rest.len())),
            _ if rest.starts_with("/*") => self.comment(block_comment(rest)),
            '\'' => self.take(quoted(rest, '\'', self.escapes())),
            '"' => self.take(quoted(rest, '"', false)),
            '$' => self.take(dollar_quoted(rest).unwrap_or(1)),
            '\\' => return self.backslash(),
            ';' if self.buffer.parens == 0 && self.buffer.begins == 0 => {
                self.advance(1);
                return self.take_statement();
            }
            ':' if rest.starts_with("::") => self.take(2),
            ':' => self.variable(variables),
            '(' => {
                self.buffer.parens += 1;
                self.take(1);
            }
            ')' => {
                self.buffer.parens = self.buffer.parens.saturating_sub(1);
                self.take(1);
            }
            _ if c.is_alphabetic() || c == '_' => self.word(),
            _ if c.is_ascii_digit() => self.take(while_word(rest)),
            _ => self.take(c.len_utf8()),
        }
        None
    }

    /// Comments before a statement are dropped, those inside it are part of it.
    fn comment(&mut self, len: usize) {
        if self.buffer.sql.is_empty() {
            self.advance(len);
        } else {
            self.take(len);
        }
    }

    fn take(&mut self, len: usize) {
        let text = &self.rest()[..len];
        let blank = self.buffer.sql.is_empty() && text.trim().is_empty();
        if !blank {
            if self.buffer.sql.is_empty() {
                self.buffer.line = self.line;
            }
            self.buffer.sql.push_str(text);
        }
        self.advance(len);
    }

    fn advance(&mut self, len: usize) {
        self.line += self.rest()[..len].matches('\n').count();
        self.at += len;
    }

    fn word(&mut self) {
        let len = while_word(self.rest());
        let word = self.rest()[..len].to_ascii_lowercase();
        self.buffer.see(&word);
        self.take(len);
    }

    /// Whether the quote that starts here is one of `e'…'`, where a backslash escapes.
    fn escapes(&self) -> bool {
        let mut before = self.buffer.sql.chars().rev();
        matches!(before.next(), Some('e' | 'E')) && !before.next().is_some_and(is_word)
    }

    fn variable(&mut self, variables: &Variables) {
        match variables.expand(self.rest()) {
            Some((value, len)) => {
                if self.buffer.sql.is_empty() {
                    self.buffer.line = self.line;
                }
                self.buffer.sql.push_str(&value);
                self.advance(len);
            }
            None => self.take(1),
        }
    }

    fn backslash(&mut self) -> Option<Piece> {
        let line = self.line;
        self.advance(1);
        if self.rest().starts_with([';', ':']) {
            self.take(1);
            return None;
        }
        let end = self.rest().find(['\n', '\r']).unwrap_or(self.rest().len());
        let command = &self.rest()[..end];
        let whole = command.starts_with("copy") || command.starts_with('!');
        let (command, used) = match command.find("\\\\").filter(|_| !whole) {
            Some(next) => (&command[..next], next + 2),
            None => (command, end),
        };
        let name_end = command
            .find(|c: char| c.is_whitespace())
            .unwrap_or(command.len());
        let (name, rest) = command.split_at(name_end);
        self.advance(used);
        let sql = name.starts_with('g').then(|| self.buffer.take()).flatten();
        Some(Piece::Command {
            name: name.to_owned(),
            rest: rest.trim().to_owned(),
            sql,
            line,
        })
    }

    fn take_statement(&mut self) -> Option<Piece> {
        let (sql, line) = self.buffer.take()?;
        Some(Piece::Statement { sql, line })
    }
}

impl Buffer {
    fn take(&mut self) -> Option<(String, usize)> {
        let done = std::mem::take(self);
        let sql = done.sql.trim_end();
        (!sql.is_empty()).then(|| (sql.to_owned(), done.line))
    }

    /// `create [or replace] function … begin atomic … end` holds semicolons of its own.
    fn see(&mut self, word: &str) {
        self.words += 1;
        self.routine = match (self.routine, self.words, word) {
            (Routine::Unknown, 1, "create")
            | (Routine::Create, 2, "or")
            | (Routine::Create, 3, "replace") => Routine::Create,
            (Routine::Create, 2 | 4, "function" | "procedure") | (Routine::Yes, ..) => Routine::Yes,
            _ => Routine::No,
        };
        if self.routine != Routine::Yes {
            return;
        }
        match word {
            "begin" => self.begins += 1,
            "case" if self.begins > 0 => self.begins += 1,
            "end" => self.begins = self.begins.saturating_sub(1),
            _ => {}
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn while_word(text: &str) -> usize {
    text.find(|c: char| !is_word(c)).unwrap_or(text.len())
}

fn quoted(text: &str, quote: char, escapes: bool) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let doubled = chars.peek().is_some_and(|(_, next)| *next == quote);
        match c {
            '\\' if escapes => drop(chars.next()),
            _ if c == quote && doubled => drop(chars.next()),
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn dollar_quoted(text: &str) -> Option<usize> {
    let tag_end = text[1..].find('$')? + 2;
    let tag = &text[..tag_end];
    let name = &tag[1..tag_end - 1];
    let starts_well = !name.starts_with(|c: char| c.is_ascii_digit());
    if !starts_well || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let close = text[tag_end..].find(tag).map(|at| tag_end + at + tag_end);
    Some(close.unwrap_or(text.len()))
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}
