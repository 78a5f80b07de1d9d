use anstyle::Style;

use super::{Hazard, Plan, Step};
use crate::catalog::Id;

impl Plan {
    /// The statements for people: under headings that say what they are about, each with its hazards.
    pub fn listing(&self, heading: Style, hazards: Style) -> String {
        let about = |step: &Step| subject(&step.change.id);
        let groups = self.steps.chunk_by(|a, b| about(a) == about(b));
        let group = |steps: &[Step]| {
            let subject = steps.first().map(about).unwrap_or_default();
            let statements: String = steps.iter().map(|step| statement(step, hazards)).collect();
            format!("{heading}{subject}{heading:#}\n{statements}")
        };
        groups.map(group).collect()
    }
}

/// What a statement is listed under: the relation, or the object itself.
fn subject(id: &Id) -> String {
    match id.relation() {
        Some(relation) => relation.to_string(),
        None => id.qname().to_string().trim_start_matches('.').to_owned(),
    }
}

fn statement(step: &Step, style: Style) -> String {
    let mut lines: Vec<_> = step.sql.lines().map(|line| format!("  {line}")).collect();
    if !step.change.hazards.is_empty() {
        let words: Vec<_> = step
            .change
            .hazards
            .iter()
            .copied()
            .map(Hazard::words)
            .collect();
        lines.push(format!("    {style}{}{style:#}", words.join(", ")));
    }
    lines.join("\n") + "\n"
}
