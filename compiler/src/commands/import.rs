use super::{Failure, Global, Output};

/// Make a project from a database or a .sql file
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec import` is not built yet"))
}
