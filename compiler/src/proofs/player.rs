//! Plays a script over a session as `psql --no-align --tuples-only --quiet --set ON_ERROR_STOP=1` does.

mod commands;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::{SinkExt, TryStreamExt, pin_mut};

use crate::database::{QueryError, Session, SimpleColumn, SimpleQueryMessage, SqlState};
use crate::script::{
    ClientCopy, Command, Copy, Effect, Piece, Place, Scanner, Variables, copy, effect,
};
use crate::tap::{Reader, Verdict};

/// psql's exit status after an error in a script.
const SCRIPT_FAILED: i32 = 3;
/// psql's exit status when the connection is lost.
const CONNECTION_LOST: i32 = 2;
/// How deep files may include each other.
const DEEPEST: usize = 16;

/// Reads an included file.
pub type Files<'a> = &'a (dyn Fn(&Path) -> std::io::Result<String> + Sync);

/// What became of a script.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// What its output says as TAP.
    pub verdict: Verdict,
    /// Its output, line by line, with the line of the script that wrote it.
    pub output: Vec<(usize, String)>,
    /// Errors, warnings and notices.
    pub messages: Vec<Message>,
    /// The files that it included.
    pub included: BTreeMap<PathBuf, String>,
    /// Whether something may have been committed.
    pub committed: bool,
}

/// What the server, or the player, says about a line of a script.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Message {
    /// The script.
    pub file: PathBuf,
    /// Its line, from 1.
    pub line: usize,
    /// `ERROR`, `WARNING`, `NOTICE` and so on.
    pub severity: String,
    /// What it says.
    pub text: String,
    /// The error's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Detail and hint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<String>,
}

impl Played {
    /// The line of the first thing that went wrong; none where nothing did. What is wrong with the stream as a whole, such as its
    /// count, is left out on demand.
    pub fn first_failure(&self, whole: bool) -> Option<usize> {
        let verdict = &self.verdict;
        let failed = verdict.failures().next().map(|case| case.line);
        // An error that does not stop the script may be meant.
        let error = self
            .messages
            .iter()
            .find(|message| message.is_error() && verdict.exit != 0);
        let error = error.map(|message| message.line);
        let somehow = verdict.exit != 0 || verdict.bail_out.is_some() || whole && !verdict.passed();
        let last = || self.output.last().map_or(1, |(line, _)| *line);
        [failed, error]
            .into_iter()
            .flatten()
            .min()
            .or_else(|| somehow.then(last))
    }
}

impl Message {
    /// Whether it stopped the statement.
    pub fn is_error(&self) -> bool {
        !matches!(
            self.severity.as_str(),
            "WARNING" | "NOTICE" | "INFO" | "LOG" | "DEBUG"
        )
    }
}

/// What a statement gives.
enum Answer {
    Rows(Vec<SimpleQueryMessage>),
    /// Of `copy … to stdout`.
    Text(String),
}

/// Plays a script; `until_failure` stops at the first test that fails.
pub fn play(
    session: &Session,
    path: &Path,
    text: &str,
    files: Files<'_>,
    until_failure: bool,
) -> Played {
    let mut player = Player::new(session, files, until_failure);
    player.variables.set("ON_ERROR_STOP", "1");
    player.script(path, text);
    player.finish()
}

struct Player<'a> {
    session: &'a Session,
    files: Files<'a>,
    until_failure: bool,
    variables: Variables,
    tuples_only: bool,
    separator: String,
    null: String,
    /// For each open `\if`: whether this branch runs, and whether one has run.
    branches: Vec<(bool, bool)>,
    in_transaction: bool,
    reader: Reader,
    played: Played,
    /// The files being played, and the line in the outermost.
    path: Vec<PathBuf>,
    line: usize,
    exit: Option<i32>,
}

impl<'a> Player<'a> {
    fn new(session: &'a Session, files: Files<'a>, until_failure: bool) -> Self {
        Self {
            session,
            files,
            until_failure,
            variables: Variables::default(),
            tuples_only: true,
            separator: "|".to_owned(),
            null: String::new(),
            branches: Vec::new(),
            in_transaction: false,
            reader: Reader::default(),
            played: Played::default(),
            path: Vec::new(),
            line: 0,
            exit: None,
        }
    }

    fn finish(mut self) -> Played {
        self.played.verdict = self.reader.finish(self.exit.unwrap_or(0));
        self.played
    }

    fn script(&mut self, path: &Path, text: &str) {
        self.path.push(path.to_owned());
        let open = self.branches.len();
        let mut scanner = Scanner::new(text);
        while self.exit.is_none() && !(self.until_failure && self.reader.has_failed()) {
            let Some(piece) = scanner.next_piece(&self.variables) else {
                self.end_of_file(open);
                break;
            };
            match piece {
                Piece::Statement { sql, line } => {
                    if self.runs() {
                        self.at(line);
                        self.statement(&sql, line, &mut scanner);
                    }
                }
                Piece::Command {
                    name,
                    rest,
                    sql,
                    line,
                } => {
                    self.at(line);
                    self.command(&name, &rest, sql, line, &mut scanner);
                }
            }
        }
        self.path.pop();
    }

    /// Each file closes what it opens.
    fn end_of_file(&mut self, open: usize) {
        if self.branches.len() > open {
            self.branches.truncate(open);
            self.complain(self.line, "the file ends before an \\endif");
        }
    }

    /// Of an included file the line that includes it counts.
    fn at(&mut self, line: usize) {
        if self.path.len() == 1 {
            self.line = line;
            self.reader.at(line);
        }
    }

    fn runs(&self) -> bool {
        self.branches.iter().all(|(runs, _)| *runs)
    }

    fn statement(&mut self, sql: &str, line: usize, scanner: &mut Scanner<'_>) {
        let data = (copy(sql) == Some(Copy::In)).then(|| scanner.copy_data());
        match self.ask(sql, line, data) {
            Some(Answer::Rows(messages)) => self.print(&messages),
            Some(Answer::Text(text)) => self.write(text.trim_end_matches('\n')),
            None => {}
        }
    }

    /// Sends a statement, with the data that it copies; none where it fails.
    fn ask(&mut self, sql: &str, line: usize, data: Option<&str>) -> Option<Answer> {
        self.note_effect(sql);
        let guarded = self.begin_guard();
        let result = match data {
            Some(data) => self.copy_in(sql, data),
            None => self.send(sql),
        };
        self.take_notices(line);
        self.end_guard(guarded, result.is_ok());
        result.map_err(|error| self.failed(sql, line, &error)).ok()
    }

    fn send(&self, sql: &str) -> Result<Answer, QueryError> {
        match copy(sql) {
            Some(Copy::Out) => self.copy_out(sql).map(Answer::Text),
            _ => self.session.simple_query(sql).map(Answer::Rows),
        }
    }

    fn copy_in(&self, sql: &str, data: &str) -> Result<Answer, QueryError> {
        let data = Bytes::copy_from_slice(data.as_bytes());
        self.session.run(async |client| {
            let sink = client.copy_in(sql).await?;
            pin_mut!(sink);
            sink.send(data).await?;
            sink.finish().await?;
            Ok(Answer::Rows(Vec::new()))
        })
    }

    fn copy_out(&self, sql: &str) -> Result<String, QueryError> {
        let chunks: Vec<Bytes> = self
            .session
            .run(async |client| client.copy_out(sql).await?.try_collect().await)?;
        Ok(String::from_utf8_lossy(&chunks.concat()).into_owned())
    }

    /// With `ON_ERROR_ROLLBACK` a failed statement undoes itself only. It matters where errors do not stop the script.
    fn begin_guard(&self) -> bool {
        self.in_transaction
            && self.variables.is_on("ON_ERROR_ROLLBACK")
            && !self.variables.is_on("ON_ERROR_STOP")
            && self
                .session
                .batch_execute("savepoint pg_psql_temporary_savepoint")
                .is_ok()
    }

    fn end_guard(&self, guarded: bool, good: bool) {
        if guarded {
            let ending = if good { "release" } else { "rollback to" };
            // It is gone after the statement has ended the transaction.
            let _ = self
                .session
                .batch_execute(&format!("{ending} savepoint pg_psql_temporary_savepoint"));
        }
    }

    /// Outside of a transaction that is rolled back, everything stays.
    fn note_effect(&mut self, sql: &str) {
        match effect(sql) {
            Effect::Begin => self.in_transaction = true,
            Effect::Rollback => self.in_transaction = false,
            Effect::Commit => {
                self.played.committed |= self.in_transaction;
                self.in_transaction = false;
            }
            Effect::Session => {}
            Effect::Work => {
                self.played.committed |= !self.in_transaction || sql.contains(';') && several(sql);
            }
        }
    }

    fn print(&mut self, messages: &[SimpleQueryMessage]) {
        for message in messages {
            match message {
                SimpleQueryMessage::RowDescription(columns) if !self.tuples_only => {
                    let names: Vec<&str> = columns.iter().map(SimpleColumn::name).collect();
                    self.write(&names.join(&self.separator));
                }
                SimpleQueryMessage::Row(row) => {
                    let fields: Vec<&str> = (0..row.len())
                        .map(|at| row.get(at).unwrap_or(&self.null))
                        .collect();
                    let line = fields.join(&self.separator);
                    self.write(&line);
                }
                _ => {}
            }
        }
    }

    fn write(&mut self, text: &str) {
        for line in text.split('\n') {
            self.reader.line(line);
            self.played.output.push((self.line, line.to_owned()));
        }
    }

    fn failed(&mut self, sql: &str, line: usize, error: &QueryError) {
        let message = self.explain(sql, line, error);
        self.played.messages.push(message);
        if error.server().is_none() {
            self.exit = Some(CONNECTION_LOST);
        } else if self.variables.is_on("ON_ERROR_STOP") {
            self.exit = Some(SCRIPT_FAILED);
        }
    }

    fn explain(&self, sql: &str, line: usize, error: &QueryError) -> Message {
        let server = error.server();
        let inside = error.position().map_or(0, |position| {
            sql.chars()
                .take((position as usize).saturating_sub(1))
                .filter(|c| *c == '\n')
                .count()
        });
        let more = server
            .map(|error| [error.detail(), error.hint(), error.where_()])
            .unwrap_or_default();
        Message {
            file: self.path.last().cloned().unwrap_or_default(),
            line: line + inside,
            severity: server.map_or("ERROR", |error| error.severity()).to_owned(),
            text: server.map_or_else(|| error.to_string(), |error| error.message().to_owned()),
            code: error.code().map(SqlState::code).map(str::to_owned),
            more: more.into_iter().flatten().map(str::to_owned).collect(),
        }
    }

    fn take_notices(&mut self, line: usize) {
        for notice in self.session.take_notices() {
            self.played.messages.push(Message {
                file: self.path.last().cloned().unwrap_or_default(),
                line,
                severity: notice.severity().to_owned(),
                text: notice.message().to_owned(),
                code: None,
                more: Vec::new(),
            });
        }
    }
}

/// Whether a text with a semicolon is more than one statement.
fn several(sql: &str) -> bool {
    let mut scanner = Scanner::new(sql);
    let variables = Variables::default();
    scanner.next_piece(&variables).is_some() && scanner.next_piece(&variables).is_some()
}
