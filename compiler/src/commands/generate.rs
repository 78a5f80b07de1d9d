use super::{Failure, Global, Output};

/// Write the Rust data layer and the next migration
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec generate` is not built yet"))
}
