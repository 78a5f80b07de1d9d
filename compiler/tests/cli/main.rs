//! The `tablec` command as its users run it.

mod check;
mod diff;
mod failures;
mod front;
mod generate;
mod import;
mod junit;
mod migrate;
mod templates;
mod testing;
mod tool;
