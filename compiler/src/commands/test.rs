use super::{Failure, Global, Output};

/// Run the pgTAP suites, and prove the triggers
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec test` is not built yet"))
}
