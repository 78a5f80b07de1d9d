use serde_json::{Value, json};

use super::super::style::{CHANGED, PLACE};
use super::super::{Failure, Format, Global, Output};
use super::Comparison;
use crate::plan::Plan;

/// Names what could not be compared: for people.
pub fn show_unsupported(comparison: &Comparison, output: &mut Output) {
    if comparison.unsupported.is_empty() {
        return;
    }
    output.note(format_args!(
        "{} object(s) are of a kind that tablec has no word for, and are not compared:",
        comparison.unsupported.len()
    ));
    for object in &comparison.unsupported {
        output.note(format_args!("  {} {}", object.kind, object.identity));
    }
}

/// The plan in the format asked for.
pub fn show_plan(
    comparison: &Comparison,
    global: &Global,
    output: &mut Output,
) -> Result<(), Failure> {
    match global.format {
        Format::Json => output.json(&plan_as_json(comparison)),
        Format::Sql if comparison.plan.is_empty() => Ok(()),
        Format::Sql => {
            notes(&comparison.plan, output);
            output.print(comparison.plan.to_sql())
        }
        _ => for_people(comparison, output),
    }
}

/// The plan as data.
pub fn plan_as_json(comparison: &Comparison) -> Value {
    json!({
        "from": comparison.names[0],
        "to": comparison.names[1],
        "settings": comparison.plan.settings,
        "steps": comparison.plan.steps,
        "notes": comparison.plan.notes,
        "unsupported": comparison.unsupported,
        "round_trips": comparison.round_trips,
    })
}

fn for_people(comparison: &Comparison, output: &mut Output) -> Result<(), Failure> {
    let [from, to] = &comparison.names;
    let plan = &comparison.plan;
    output.print(plan.listing(PLACE, CHANGED))?;
    notes(plan, output);
    if comparison.differs() {
        let words: Vec<_> = plan.hazards().iter().map(|hazard| hazard.name()).collect();
        let hazards = if words.is_empty() {
            String::new()
        } else {
            format!("; hazards: {}", words.join(", "))
        };
        output.note(format_args!(
            "{} statement(s) from {from} to {to}{hazards}",
            plan.steps.len()
        ));
    } else {
        output.note(format_args!("no differences between {from} and {to}"));
    }
    Ok(())
}

fn notes(plan: &Plan, output: &mut Output) {
    for note in &plan.notes {
        output.note(note);
    }
}
