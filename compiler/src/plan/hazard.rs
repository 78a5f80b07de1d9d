use serde::{Deserialize, Serialize};

/// What a statement can do to those who use the database while it runs, or afterwards.
///
/// Sources: manual, 13.3 "Explicit Locking" and the notes of `ALTER TABLE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// Rows or values are gone afterwards.
    DeletesData,
    /// Every row is written anew, under a lock that lets nobody read.
    RewritesTable,
    /// Every row is read.
    ScansTable,
    /// Nobody can write to the table while it runs, for longer than a moment.
    BlocksWrites,
    /// Nobody can read the table while it runs, for longer than a moment.
    BlocksReads,
    /// An index is built.
    IndexBuild,
    /// Who may do what is different afterwards.
    ChangesAuthorization,
    /// Statements that work today can fail afterwards.
    BreaksRunningCode,
    /// It can't run inside a transaction block.
    CannotRunInTransaction,
}

impl Hazard {
    /// All of them.
    pub const ALL: &[Hazard] = &[
        Hazard::DeletesData,
        Hazard::RewritesTable,
        Hazard::ScansTable,
        Hazard::BlocksWrites,
        Hazard::BlocksReads,
        Hazard::IndexBuild,
        Hazard::ChangesAuthorization,
        Hazard::BreaksRunningCode,
        Hazard::CannotRunInTransaction,
    ];

    /// The name that `--allow` takes: `deletes-data`.
    pub fn name(self) -> &'static str {
        match self {
            Hazard::DeletesData => "deletes-data",
            Hazard::RewritesTable => "rewrites-table",
            Hazard::ScansTable => "scans-table",
            Hazard::BlocksWrites => "blocks-writes",
            Hazard::BlocksReads => "blocks-reads",
            Hazard::IndexBuild => "index-build",
            Hazard::ChangesAuthorization => "changes-authorization",
            Hazard::BreaksRunningCode => "breaks-running-code",
            Hazard::CannotRunInTransaction => "cannot-run-in-a-transaction",
        }
    }

    /// For people, after "it": `deletes data`.
    pub fn words(self) -> &'static str {
        match self {
            Hazard::DeletesData => "deletes data",
            Hazard::RewritesTable => "rewrites the table",
            Hazard::ScansTable => "scans the table",
            Hazard::BlocksWrites => "blocks writes",
            Hazard::BlocksReads => "blocks reads",
            Hazard::IndexBuild => "builds an index",
            Hazard::ChangesAuthorization => "changes authorization",
            Hazard::BreaksRunningCode => "can break running code",
            Hazard::CannotRunInTransaction => "can't run in a transaction",
        }
    }
}

/// How long a statement holds its locks, and so how long others wait behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockTime {
    /// It changes the system catalogs only.
    #[default]
    Brief,
    /// It grows with the table.
    Long,
}
