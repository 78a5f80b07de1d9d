use serde_json::json;

use super::super::{Global, Outcome, Output};

/// List the templates; those of the project's own are marked with a star
#[derive(Debug, clap::Args)]
pub struct Args {}

pub(super) fn run(_: &Args, global: &Global, output: &mut Output) -> super::super::Result {
    let templates = super::templates(global)?;
    if output.is_json() {
        let described = |name| json!({ "name": name, "own": templates.is_own(name) });
        let all: Vec<_> = templates.names().map(described).collect();
        output.json(&json!({ "templates": all }))?;
        return Ok(Outcome::Clean);
    }
    for name in templates.names() {
        let mark = if templates.is_own(name) { " *" } else { "" };
        output.line(format_args!("{name}{mark}"))?;
    }
    Ok(Outcome::Clean)
}
