use super::{Failure, Global, Output};

/// Make a new project in an empty folder
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec init` is not built yet"))
}
