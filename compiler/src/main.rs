//! The `tablec` command.
fn main() {}
