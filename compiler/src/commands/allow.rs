use super::Failure;
use crate::plan::{Hazard, Plan, Step};

/// The option that says what a plan may do.
#[derive(Clone, Debug, clap::Args)]
pub struct Allow {
    /// What the statements may do: a hazard by its name (`deletes-data`), or anything to one object (`tasks`, `tasks.due_at`, `billing.invoices`)
    #[arg(long, value_name = "HAZARD|OBJECT", value_delimiter = ',')]
    allow: Vec<String>,
}

impl Allow {
    /// Where nothing is done and so nothing is to be allowed.
    pub fn everything() -> Self {
        Self {
            allow: Hazard::ALL
                .iter()
                .map(|hazard| hazard.name().to_owned())
                .collect(),
        }
    }

    /// The steps with hazards among `gated` that nothing allows, each with those hazards.
    pub fn refused<'p>(&self, plan: &'p Plan, gated: &[Hazard]) -> Vec<(&'p Step, Vec<Hazard>)> {
        let steps = plan.steps.iter().filter_map(|step| {
            let hazards: Vec<_> = step
                .change
                .hazards
                .iter()
                .copied()
                .filter(|hazard| gated.contains(hazard))
                .collect();
            let open: Vec<_> = hazards
                .into_iter()
                .filter(|hazard| !self.allows(step, *hazard))
                .collect();
            (!open.is_empty()).then_some((step, open))
        });
        steps.collect()
    }

    /// Fails where something is refused, and says what to write.
    pub fn check(&self, plan: &Plan, gated: &[Hazard]) -> Result<(), Failure> {
        let refused = self.refused(plan, gated);
        let Some((first, hazards)) = refused.first() else {
            return Ok(());
        };
        let lines: Vec<_> = refused
            .iter()
            .map(|(step, hazards)| format!("{} ({})", step.sql, words(hazards)))
            .collect();
        let name = hazards.first().map_or("", |hazard| hazard.name());
        Err(Failure::with_help(
            format!(
                "nothing has been done: it takes what is not allowed\n{}",
                lines.join("\n")
            ),
            format!(
                "to allow it: `--allow {name}`, or `--allow {}` for this object alone",
                label(first)
            ),
        ))
    }

    fn allows(&self, step: &Step, hazard: Hazard) -> bool {
        let names = names(step);
        self.allow
            .iter()
            .any(|allowed| allowed == hazard.name() || names.contains(allowed))
    }
}

fn words(hazards: &[Hazard]) -> String {
    hazards
        .iter()
        .map(|hazard| hazard.words())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The shortest name that says which object, and which part of it.
fn label(step: &Step) -> String {
    names(step).into_iter().next().unwrap_or_default()
}

/// All names under which a step's object can be allowed: its part, itself, what it belongs to; with and without the schema.
fn names(step: &Step) -> Vec<String> {
    let id = &step.change.id;
    let own = [id.parent.as_str(), id.name.as_str()]
        .into_iter()
        .filter(|name| !name.is_empty())
        .collect::<Vec<_>>()
        .join(".");
    let part = step
        .change
        .part
        .as_ref()
        .map(|part| format!("{own}.{part}"));
    let parent = (!id.parent.is_empty()).then(|| id.parent.clone());
    let short = part.into_iter().chain([own]).chain(parent);
    short
        .flat_map(|name| [name.clone(), format!("{}.{name}", id.schema)])
        .collect()
}
