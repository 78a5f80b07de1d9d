use serde_json::{Value, json};

use super::super::style::{self, CHANGED, PLACE, paint};
use super::super::{Failure, Format, Global, Output};
use super::Comparison;
use crate::catalog::Id;
use crate::plan::{Plan, Step};

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
    })
}

fn for_people(comparison: &Comparison, output: &mut Output) -> Result<(), Failure> {
    let [from, to] = &comparison.names;
    let plan = &comparison.plan;
    for steps in plan
        .steps
        .chunk_by(|a, b| subject(&a.change.id) == subject(&b.change.id))
    {
        if let [first, ..] = steps {
            output.line(paint(PLACE, subject(&first.change.id)))?;
        }
        for step in steps {
            output.print(statement(step))?;
        }
    }
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

/// What a statement is listed under: the relation, or the object itself.
fn subject(id: &Id) -> String {
    match id.relation() {
        Some(relation) => relation.to_string(),
        None => id.qname().to_string().trim_start_matches('.').to_owned(),
    }
}

fn statement(step: &Step) -> String {
    let mut lines: Vec<_> = step.sql.lines().map(|line| format!("  {line}")).collect();
    if !step.change.hazards.is_empty() {
        let words: Vec<_> = step
            .change
            .hazards
            .iter()
            .map(|hazard| hazard.words())
            .collect();
        lines.push(format!("    {}", paint(CHANGED, words.join(", "))));
    }
    lines.join("\n") + "\n"
}

fn notes(plan: &Plan, output: &mut Output) {
    for note in &plan.notes {
        output.note(style::note(note));
    }
}
