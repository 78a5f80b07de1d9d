//! Several changes of one table's columns in one statement, where that writes or reads the rows once instead of several times.
//!
//! `ALTER TABLE` does its actions in an order of its own: what is dropped first, then types, then what is set
//! (`AlterTablePass` in `src/backend/commands/tablecmds.c`). That is the order of the single statements.

use super::{Hazard, LockTime, Step};

const ACTIONS: [&str; 5] = [
    "drop_default",
    "retype_column",
    "set_default",
    "set_not_null",
    "drop_not_null",
];

/// Merges neighbouring steps where more than one goes over the rows.
pub(super) fn merge(steps: &[Step]) -> Vec<Step> {
    let mut merged: Vec<Step> = Vec::new();
    for run in steps.chunk_by(|a, b| a.change.id == b.change.id && can_merge(a) && can_merge(b)) {
        match one(run) {
            Some(step) => merged.push(step),
            None => merged.extend_from_slice(run),
        }
    }
    merged
}

fn can_merge(step: &Step) -> bool {
    ACTIONS.contains(&step.change.action) && step.transactional
}

fn goes_over_rows(step: &Step) -> bool {
    let over = [Hazard::RewritesTable, Hazard::ScansTable];
    over.iter()
        .any(|hazard| step.change.hazards.contains(hazard))
}

/// The run as one statement.
fn one(run: &[Step]) -> Option<Step> {
    if run.iter().filter(|step| goes_over_rows(step)).count() < 2 {
        return None;
    }
    let (head, _) = run.first()?.sql.split_once(" alter column ")?;
    let actions: Option<Vec<String>> = run
        .iter()
        .map(|step| {
            let (start, action) = step.sql.split_once(" alter column ")?;
            let action = action.strip_suffix(';').filter(|_| start == head)?;
            Some(format!("\n  alter column {action}"))
        })
        .collect();
    let mut step = run.first()?.clone();
    step.sql = format!("{head}{};", actions?.join(","));
    step.lock_time = LockTime::Long;
    step.change.action = "alter_columns";
    step.change.part = None;
    step.change.hazards = run
        .iter()
        .flat_map(|step| step.change.hazards.iter().copied())
        .collect();
    Some(step)
}
