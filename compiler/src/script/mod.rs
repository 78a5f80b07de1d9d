//! SQL scripts as psql reads them: statements one by one, variables, backslash commands, data after `copy … from stdin`.
//!
//! Pure. The rules are psql's own
//! ([manual, psql](https://www.postgresql.org/docs/current/app-psql.html)); where a statement ends follows its scanner:
//! at a `;` outside quotes, comments, parentheses and `begin atomic … end`.

mod client_copy;
mod command;
mod scanner;
mod statement;
mod variables;

pub use client_copy::{ClientCopy, Place};
pub use command::{Command, CommandError, arguments};
pub use scanner::{Piece, Scanner};
pub use statement::{Copy, Effect, copy, effect};
pub use variables::Variables;

#[cfg(test)]
mod tests;
