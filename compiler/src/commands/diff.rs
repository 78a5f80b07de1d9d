use super::{Failure, Global, Output};

/// Compare two schemas and show the statements that take one to the other
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec diff` is not built yet"))
}
