use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::{Failure, Global, Outcome, Output, Project, generate};
use super::unknown;
use crate::plan::{self, dependencies};
use crate::templates::CONTEXT_VERSION;

/// Print what templates are given when this project is generated from nothing, as JSON
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The template [default: all that are used]
    name: Option<String>,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::super::Result {
    let mut project = Project::load(global, output)?;
    project.templates = project.templates.recording();
    build(&project)?;
    let mut contexts: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (template, context) in project.templates.recorded() {
        contexts.entry(template).or_default().push(context);
    }
    if let Some(name) = &args.name {
        contexts.retain(|template, _| template == name);
        if contexts.is_empty() {
            return Err(unused(name, &project));
        }
    }
    output.json(&json!({ "version": CONTEXT_VERSION, "contexts": contexts }))?;
    Ok(Outcome::Clean)
}

/// Renders all that the spec leads to, and writes nothing.
fn build(project: &Project) -> Result<(), Failure> {
    let mut catalog = project.spec.catalog.clone();
    dependencies::fill(&mut catalog);
    plan::plan(
        &plan::empty(&catalog.default_schema),
        &catalog,
        &project.templates,
    )?;
    generate::rendered(project)?;
    Ok(())
}

fn unused(name: &str, project: &Project) -> Failure {
    if project.templates.source(name).is_none() {
        return unknown(name, &project.templates);
    }
    Failure::with_help(
        format!("`{name}` is not used for this project by itself"),
        "it is for something that the spec does not have, for a change, or a part of other templates",
    )
}
