use super::{Failure, Global, Output};

/// Run the migrations against a database
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec migrate` is not built yet"))
}
