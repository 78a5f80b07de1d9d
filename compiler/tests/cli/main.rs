//! The `tablec` command as its users run it.

mod front;
mod migrate;
mod tool;
