//! Migrations: numbered SQL files that only ever grow, and the lock file that says what state they build.
//!
//! The lock is what the next migration is planned from, so that `generate` needs no server. It names each file with its
//! checksum, chained to the ones before, so that an edited, missing or doubled file is seen.

mod file_name;
mod grow;
mod layout;
mod lock;
mod problem;

pub use file_name::{BadFileName, FileName};
pub use grow::{Growth, grow};
pub use lock::{LOCK_FILE, Listed, Lock, LockError};
pub use problem::{Problem, problems};

use sha2::{Digest, Sha256};

/// The folder of the migrations, in the project's.
pub const FOLDER: &str = "migrations";

/// One migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The file's name.
    pub name: FileName,
    /// The SQL.
    pub text: String,
}

impl Migration {
    /// The checksum of the SQL: SHA-256 in hexadecimal.
    pub fn checksum(&self) -> String {
        checksum(self.text.as_bytes())
    }

    /// Whether the file says, in a line of its own, that its statements do not run inside a transaction.
    pub fn without_transaction(&self) -> bool {
        self.text
            .lines()
            .any(|line| line.trim_end() == NO_TRANSACTION)
    }
}

/// The line in a migration whose statements each run on their own.
pub const NO_TRANSACTION: &str = "-- tablec: no transaction";

/// SHA-256 in hexadecimal.
pub fn checksum(content: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(content)
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
