use std::ops::Range;
use std::sync::Arc;

use futures_util::SinkExt;
use miette::{NamedSource, SourceSpan};

use crate::database::{QueryError, Session, SqlState};
use crate::sql::{self, Piece, PieceKind};

/// A statement of a script that the server refused.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("{}, line {line}: {error}", .source_code.name())]
pub struct ScriptError {
    /// The line of the statement, from 1.
    pub line: usize,
    /// How many statements of the script were done before it.
    pub done: usize,
    /// The reason.
    pub error: QueryError,
    #[source_code]
    source_code: Arc<NamedSource<String>>,
    #[label("here")]
    span: SourceSpan,
    #[help]
    help: Option<&'static str>,
}

/// Runs the statements of a script one by one, without the first `skip`; `done` is called after each with the number done.
///
/// # Errors
/// The server refuses a statement, or the connection breaks.
pub fn run_script(
    session: &Session,
    name: &str,
    text: &str,
    skip: usize,
    mut done: impl FnMut(usize) -> Result<(), QueryError>,
) -> Result<usize, ScriptError> {
    let pieces = sql::split(text);
    for (index, piece) in pieces.iter().enumerate().skip(skip) {
        run_piece(session, text, piece)
            .and_then(|()| done(index + 1))
            .map_err(|error| ScriptError::new(name, text, piece, index, error))?;
    }
    Ok(pieces.len())
}

/// Runs a script as psql would, on a database that is made only for it: data of `COPY` included, `\restrict` passed over.
/// A statement that fails is run once more where `recover` says that it did something about the reason.
///
/// # Errors
/// The server refuses a statement, or the connection breaks.
pub fn run_tolerantly(
    session: &Session,
    name: &str,
    text: &str,
    recover: &mut dyn FnMut(&QueryError) -> bool,
) -> Result<(), ScriptError> {
    let pieces = sql::split(text);
    for (index, piece) in pieces.iter().enumerate() {
        let data = pieces
            .get(index + 1)
            .filter(|next| next.kind == PieceKind::CopyData);
        let run = || match piece.kind {
            PieceKind::CopyData => Ok(()),
            PieceKind::MetaCommand if is_restriction(&text[piece.range.clone()]) => Ok(()),
            _ => match data {
                Some(data) => copy(
                    session,
                    &text[piece.range.clone()],
                    &text[data.range.clone()],
                ),
                None => run_piece(session, text, piece),
            },
        };
        let mut result = run();
        while result.as_ref().is_err_and(&mut *recover) {
            result = run();
        }
        result.map_err(|error| ScriptError::new(name, text, piece, index, error))?;
    }
    Ok(())
}

/// What recent versions of `pg_dump` write around their output.
fn is_restriction(command: &str) -> bool {
    command.starts_with("\\restrict") || command.starts_with("\\unrestrict")
}

fn copy(session: &Session, statement: &str, data: &str) -> Result<(), QueryError> {
    let data = data.strip_suffix("\\.").unwrap_or(data).to_owned();
    session.run(async |client| {
        let sink = client.copy_in(statement).await?;
        let mut sink = std::pin::pin!(sink);
        sink.send(bytes::Bytes::from(data)).await?;
        sink.finish().await.map(|_| ())
    })
}

fn run_piece(session: &Session, text: &str, piece: &Piece) -> Result<(), QueryError> {
    match piece.kind {
        PieceKind::Statement => session.batch_execute(&text[piece.range.clone()]),
        PieceKind::MetaCommand | PieceKind::CopyData => Err(QueryError::Client(
            "this is for psql, and no SQL that a server knows".to_owned(),
        )),
    }
}

impl ScriptError {
    /// The script's name.
    pub fn name(&self) -> &str {
        self.source_code.name()
    }

    /// An error of one statement that stands alone; an empty one for what is in no script.
    pub(super) fn of_statement(name: &str, sql: &str, error: QueryError) -> Self {
        let piece = Piece {
            kind: PieceKind::Statement,
            range: 0..sql.len(),
            leading: 0,
            line: 1,
        };
        Self::new(name, sql, &piece, 0, error)
    }

    fn new(name: &str, text: &str, piece: &Piece, done: usize, error: QueryError) -> Self {
        let range = place(text, piece, &error);
        Self {
            line: 1 + text[..range.start].matches('\n').count(),
            done,
            help: help(&error),
            source_code: Arc::new(NamedSource::new(name, text.to_owned())),
            span: range.into(),
            error,
        }
    }
}

/// Where the server says that the error is, or else the statement's first line.
fn place(text: &str, piece: &Piece, error: &QueryError) -> Range<usize> {
    let statement = &text[piece.range.clone()];
    let position = error.position().and_then(|position| {
        let (offset, character) = statement
            .char_indices()
            .nth(position.checked_sub(1)? as usize)?;
        Some(offset..offset + character.len_utf8())
    });
    let first_line = 0..statement.find('\n').unwrap_or(statement.len());
    let range = position.unwrap_or(first_line);
    piece.range.start + range.start..piece.range.start + range.end
}

/// What to do about an error that has its own answer here.
fn help(error: &QueryError) -> Option<&'static str> {
    let code = error.code()?;
    if *code == SqlState::ACTIVE_SQL_TRANSACTION {
        return Some(
            "put what can't run inside a transaction in a file of its own, with the line `-- tablec: no transaction`",
        );
    }
    (*code == SqlState::LOCK_NOT_AVAILABLE).then_some(
        "somebody holds a lock: see pg_stat_activity and pg_blocking_pids(); `--lock-timeout` waits longer",
    )
}
