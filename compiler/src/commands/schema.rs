use super::{Failure, Global, Output};

/// Print the JSON schema of the spec files, for editors
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, _: &mut Output) -> super::Result {
    Err(Failure::new("`tablec schema` is not built yet"))
}
