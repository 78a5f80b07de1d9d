use super::{Global, Outcome, Output};
use crate::spec::grammar::schema;

/// Print the JSON schema of the spec files, for editors
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, _: &Global, output: &mut Output) -> super::Result {
    output.print(schema::text())?;
    Ok(Outcome::Clean)
}
