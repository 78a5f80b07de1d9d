//! The `tablec` command as its users run it.

mod front;
mod generate;
mod migrate;
mod tool;
