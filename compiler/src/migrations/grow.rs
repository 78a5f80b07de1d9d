use serde::Serialize;

use super::{FileName, Lock, Migration};
use crate::catalog::Catalog;
use crate::kinds::Sql;
use crate::plan::{Plan, Step};
use crate::templates::{TemplateError, Templates};

/// Migrations to be written, and the lock after them.
#[derive(Clone, Debug)]
pub struct Growth {
    /// The new files, in order.
    pub migrations: Vec<Migration>,
    /// The lock that knows them too.
    pub lock: Lock,
}

/// What the template of a migration sees.
#[derive(Serialize)]
struct Context {
    title: String,
    transactional: bool,
    settings: Vec<Sql>,
    steps: Vec<Statement>,
}

#[derive(Serialize)]
struct Statement {
    sql: Sql,
    hazards: String,
}

/// The files that `plan` fills: one, or several where statements can't run in a transaction with the others.
/// `number` is that of the first one; `about` names what it is about, where the author says so.
pub fn grow(
    lock: Lock,
    number: u32,
    about: Option<&str>,
    plan: &Plan,
    catalog: &Catalog,
    templates: &Templates,
) -> Result<Growth, TemplateError> {
    let about = about.map_or_else(|| subject(&lock, plan), str::to_owned);
    let batches: Vec<_> = plan
        .steps
        .chunk_by(|a, b| a.transactional == b.transactional)
        .collect();
    let mut growth = Growth {
        migrations: Vec::new(),
        lock,
    };
    for (number, (index, steps)) in (number..).zip(batches.iter().enumerate()) {
        let about = if index == 0 {
            about.clone()
        } else {
            format!("{about} {}", index + 1)
        };
        let name = FileName::new(number, &about);
        let text = templates.render("migrations/migration.sql", context(&name, plan, steps))?;
        let migration = Migration { name, text };
        growth.lock.list(&migration);
        growth.migrations.push(migration);
    }
    growth.lock.catalog = Catalog {
        renames: Vec::new(),
        replaced: Vec::new(),
        conversions: Vec::new(),
        postgresql: None,
        ..catalog.clone()
    };
    Ok(growth)
}

fn context(name: &FileName, plan: &Plan, steps: &[Step]) -> Context {
    Context {
        title: format!(
            "{name}, written by `tablec generate`. Once it has run anywhere it stays as it is."
        ),
        transactional: steps.iter().all(|step| step.transactional),
        settings: plan.settings.iter().cloned().map(Sql).collect(),
        steps: steps.iter().map(statement).collect(),
    }
}

fn statement(step: &Step) -> Statement {
    let hazards: Vec<_> = step
        .change
        .hazards
        .iter()
        .map(|hazard| hazard.words())
        .collect();
    Statement {
        sql: Sql(step.sql.clone()),
        hazards: hazards.join(", "),
    }
}

/// What a migration is about, in few words: the first thing that it changes, and how many others.
fn subject(lock: &Lock, plan: &Plan) -> String {
    if lock.migrations.is_empty() {
        return "initial".to_owned();
    }
    let mut things: Vec<&str> = Vec::new();
    for id in plan.steps.iter().map(|step| &step.change.id) {
        let thing = if id.parent.is_empty() {
            &id.name
        } else {
            &id.parent
        };
        let thing = thing.split('(').next().unwrap_or(thing);
        if !things.contains(&thing) {
            things.push(thing);
        }
    }
    match (plan.steps.as_slice(), things.as_slice()) {
        ([step], [thing]) => {
            let part = step.change.part.as_deref().unwrap_or_default();
            format!("{thing} {} {part}", step.change.action)
        }
        (_, [thing]) => (*thing).to_owned(),
        (_, [thing, others @ ..]) => format!("{thing} and {} more", others.len()),
        (_, []) => "change".to_owned(),
    }
}
