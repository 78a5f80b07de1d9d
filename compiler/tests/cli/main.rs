//! The `tablec` command as its users run it.

mod migrate;
mod tool;
