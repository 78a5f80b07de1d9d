//! The Test Anything Protocol, read as `pg_prove` reads it.
//!
//! Pure: a [`Reader`] takes lines and gives a [`Verdict`]. The rules are those of Perl's `TAP::Parser` 3.44, versions 12 and
//! 13 of the protocol, and `tests/tap.rs` holds both against the same streams. Like there, a line that is none of
//! the protocol's is output of no meaning, and so is an indented one: a subtest counts by its summary line only.

mod line;
mod reader;
mod verdict;

pub use line::{Directive, Line, Plan, Test};
pub use reader::Reader;
pub use verdict::{Case, Status, Verdict};

/// Reads a whole stream; `exit` is the status of the program that wrote it.
pub fn read(stream: &str, exit: i32) -> Verdict {
    let mut reader = Reader::default();
    for line in stream.lines() {
        reader.line(line);
    }
    reader.finish(exit)
}

#[cfg(test)]
mod tests;
