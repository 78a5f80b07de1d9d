use super::{Failure, Global, Output};

/// Bring a database to the spec
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec apply` is not built yet"))
}
