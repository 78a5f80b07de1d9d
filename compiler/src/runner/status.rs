use std::collections::BTreeMap;

use super::Entry;
use crate::migrations::{Migration, NO_TRANSACTION};
use crate::sql;

/// A migration's file and what the journal knows of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Status {
    /// The file's name.
    pub name: String,
    /// How the two stand.
    pub state: State,
    /// What the journal says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<Entry>,
}

/// How a migration's file and the journal stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It has run as it is.
    Applied,
    /// It has not run.
    Pending,
    /// It ran in part: its statements are no transaction, and one failed.
    Begun,
    /// It ran with another text.
    Edited,
    /// It ran, and the file is gone.
    Missing,
    /// It has not run, and one after it has.
    OutOfOrder,
}

/// Why the migrations can't be run on a database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum StatusProblem {
    /// The text is not what ran.
    #[error("{0} has been edited after it ran on this database")]
    #[diagnostic(help("take the file back to what it was, and put the change in a new migration"))]
    Edited(String),
    /// The file is gone.
    #[error("{0} ran on this database, and is not in the folder")]
    #[diagnostic(help(
        "these may be the migrations of another project or of another branch; take the file back with `git checkout`"
    ))]
    Missing(String),
    /// It comes too late.
    #[error("{0} has not run on this database, and {1} after it has")]
    #[diagnostic(help("give it a number after the last one: `tablec generate --rebase {0}`"))]
    OutOfOrder(String, String),
    /// The file would end the transaction that it runs in.
    #[error("{name}, line {line}: `{word}` in a migration, which is a transaction as a whole")]
    #[diagnostic(help(
        "leave it out, or put the line `{NO_TRANSACTION}` in the file: then each statement runs on its own"
    ))]
    TransactionControl {
        /// The file.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The statement's first word.
        word: String,
    },
}

/// Each migration of the folder and of the journal, in order.
pub fn status(files: &[Migration], entries: &[Entry]) -> Vec<Status> {
    let mut entries: BTreeMap<&str, &Entry> = entries
        .iter()
        .map(|entry| (entry.name.as_str(), entry))
        .collect();
    let last = entries.keys().next_back().map(|name| (*name).to_owned());
    let mut all: Vec<Status> = files
        .iter()
        .map(|file| {
            let name = file.name.to_string();
            let entry = entries.remove(name.as_str()).cloned();
            let late = last.as_ref().is_some_and(|last| name < *last);
            Status {
                state: state(file, entry.as_ref(), late),
                name,
                entry,
            }
        })
        .collect();
    all.extend(entries.into_values().map(|entry| Status {
        name: entry.name.clone(),
        state: State::Missing,
        entry: Some(entry.clone()),
    }));
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn state(file: &Migration, entry: Option<&Entry>, late: bool) -> State {
    match entry {
        None if late => State::OutOfOrder,
        None => State::Pending,
        Some(entry) if entry.checksum != file.checksum() => State::Edited,
        Some(Entry {
            statements: Some(_),
            ..
        }) => State::Begun,
        Some(_) => State::Applied,
    }
}

/// All that keeps the migrations from being run.
pub(super) fn problems(files: &[Migration], all: &[Status]) -> Vec<StatusProblem> {
    let last = all
        .iter()
        .rfind(|status| status.entry.is_some())
        .map(|status| status.name.clone());
    let of_status = all.iter().filter_map(|status| match status.state {
        // What was begun without a transaction may be put right in its rest.
        State::Edited
            if status
                .entry
                .as_ref()
                .is_some_and(|entry| entry.statements.is_some()) =>
        {
            None
        }
        State::Edited => Some(StatusProblem::Edited(status.name.clone())),
        State::Missing => Some(StatusProblem::Missing(status.name.clone())),
        State::OutOfOrder => Some(StatusProblem::OutOfOrder(
            status.name.clone(),
            last.clone().unwrap_or_default(),
        )),
        State::Applied | State::Pending | State::Begun => None,
    });
    of_status
        .chain(files.iter().filter_map(transaction_control))
        .collect()
}

/// A statement that would begin or end a transaction.
fn transaction_control(file: &Migration) -> Option<StatusProblem> {
    const WORDS: [&str; 6] = ["begin", "start", "commit", "end", "rollback", "abort"];
    if file.without_transaction() {
        return None;
    }
    sql::split(&file.text).into_iter().find_map(|piece| {
        let text = file.text[piece.range].to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        let word = words.next().filter(|word| WORDS.contains(word))?.to_owned();
        let to_savepoint = word == "rollback" && words.any(|word| word == "to");
        (!to_savepoint).then(|| StatusProblem::TransactionControl {
            name: file.name.to_string(),
            line: piece.line,
            word,
        })
    })
}

impl Status {
    /// Whether it is to be run.
    pub fn is_pending(&self) -> bool {
        let begun = self
            .entry
            .as_ref()
            .is_some_and(|entry| entry.statements.is_some());
        self.state == State::Pending || begun
    }
}
