use super::{Failure, Global, Output};

/// Check that what is generated is fresh, complete and built by the migrations
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec check` is not built yet"))
}
