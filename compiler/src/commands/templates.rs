use super::{Failure, Global, Output};

/// List, dump and inspect the templates
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec templates` is not built yet"))
}
