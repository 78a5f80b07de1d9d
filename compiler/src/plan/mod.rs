//! Two catalogs to an ordered list of statements that makes one the other.
//!
//! No kind is named here. What each kind's statements are is in `kinds/<kind>/diff.rs`; what they look like in
//! `templates/sql/<kind>/`.

mod attributes;
mod builder;
mod change;
pub mod dependencies;
mod diff;
mod fate;
mod fresh;
mod graph;
mod hazard;
mod hint;
mod listing;
mod merge;
mod node;
mod note;
mod order;
mod part;
mod privileges;
mod reconcile;
mod rename;
mod statement;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::catalog::{Catalog, Id};
use crate::templates::{TemplateError, Templates};

pub use change::{Change, Effect, Stage};
pub use diff::{Alteration, Context, Diff, Inline, Making, Name, Numbers, Part, Site, Turn, Use};
pub(crate) use diff::{replace_unless_equal, value};
pub use hazard::{Hazard, LockTime};
pub(crate) use node::set_aside;
pub use note::Note;
pub(crate) use privileges::changes as privilege_changes;
pub use reconcile::compare;

/// Statements in the order in which they run, and what a person should know of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Plan {
    /// What runs before the first statement, in every session and transaction.
    pub settings: Vec<String>,
    /// The statements.
    pub steps: Vec<Step>,
    /// What is not done, and what may have been meant otherwise.
    pub notes: Vec<Note>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What it does.
    #[serde(flatten)]
    pub change: Change,
    /// The statement, with its semicolon.
    pub sql: String,
    /// Whether it may run inside a transaction block.
    pub transactional: bool,
    /// How long it holds its locks.
    pub lock_time: LockTime,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The whole plan as a script that `psql` can run.
    pub fn to_sql(&self) -> String {
        let statements = self
            .settings
            .iter()
            .chain(self.steps.iter().map(|step| &step.sql));
        statements.fold(String::new(), |script, sql| script + sql + "\n")
    }

    /// The hazards of all its steps.
    pub fn hazards(&self) -> BTreeSet<Hazard> {
        self.steps
            .iter()
            .flat_map(|step| step.change.hazards.iter().copied())
            .collect()
    }

    /// The differences that it leaves because somebody has to say more.
    pub fn refusals(&self) -> impl Iterator<Item = (&Id, &str)> {
        self.notes.iter().filter_map(|note| match note {
            Note::Refused { id, reason } => Some((id, reason.as_str())),
            _ => None,
        })
    }
}

/// What a new database holds before anything is built in it: the schema `public`.
pub fn empty(default_schema: &str) -> Catalog {
    let mut catalog = Catalog::new(default_schema);
    let public = Id::global(crate::kinds::Kind::Schema, "public");
    let mut object = crate::catalog::Object::new(crate::kinds::schema::Schema {});
    object.owner = Some("pg_database_owner".to_owned());
    catalog.objects.insert(public, object);
    catalog
}

/// The statement that creates a trigger, or event trigger, as a spec declares it.
pub fn create_trigger(
    id: &Id,
    trigger: &impl serde::Serialize,
    catalog: &Catalog,
    templates: &Templates,
) -> Result<String, TemplateError> {
    let change = Change::new(id, "create").with("new", trigger);
    Ok(statement::step(change, catalog, catalog, templates)?.sql)
}

/// The statements that make `from` equal to `to`.
///
/// Both catalogs need their dependencies: [`dependencies::fill`] for a spec; a live database's come with it.
///
/// # Errors
/// A template that cannot be rendered.
pub fn plan(from: &Catalog, to: &Catalog, templates: &Templates) -> Result<Plan, TemplateError> {
    if fate::are_settled(from, to) {
        return Ok(Plan::default());
    }
    let renamed = rename::apply(from, to);
    let mut forced = BTreeSet::new();
    let (fates, ordered, cycles) = loop {
        let fates = fate::decide(&renamed.catalog, to, &forced);
        match order::order(&renamed.catalog, to, &fates, &forced) {
            Ok((mut ordered, cycles)) => {
                fresh::spare(&mut ordered, to, &fates);
                break (fates, ordered, cycles);
            }
            Err(replaced) => forced.extend(replaced),
        }
    };
    let mut notes = renamed.notes;
    notes.extend(fates.notes.iter().cloned());
    let reordered = node::in_another_order(&renamed.catalog, to, &fates);
    notes.extend(reordered.into_iter().map(|id| Note::ColumnOrder { id }));
    notes.extend(cycles);
    notes.extend(hint::likely_renames(&renamed.catalog, to, &fates));
    let changes = renamed.changes.into_iter().chain(ordered);
    let steps = changes
        .map(|change| statement::step(change, &renamed.catalog, to, templates))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Plan {
        settings: statement::settings(to, templates)?,
        steps: statement::split_transactions(merge::merge(&steps)),
        notes,
    })
}
