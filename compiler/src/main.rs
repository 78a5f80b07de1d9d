//! The `tablec` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    tablec::commands::main()
}
