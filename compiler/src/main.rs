//! The `tablec` command.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Rendering is many small strings on several threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    tablec::commands::main()
}
