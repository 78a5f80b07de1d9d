use std::collections::{BTreeMap, BTreeSet};

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use super::diff::Turn;
use super::{Hazard, LockTime, Name};
use crate::catalog::Id;

/// One statement to be, in PostgreSQL's words: a kind's action, what it acts on and what the template needs to print it.
///
/// The template is `sql/<kind>/<action>.sql`, or `sql/object/<action>.sql` for what all kinds have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The object.
    pub id: Id,
    /// What is done to it: `create`, `drop`, `add_column`, `comment`, …
    pub action: &'static str,
    /// The column (attribute, label, domain check), where only that is concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// What the template sees.
    pub context: BTreeMap<String, Value>,
    /// What can come of it.
    pub hazards: BTreeSet<Hazard>,
    /// How it stands to what its object depends on.
    #[serde(skip)]
    pub stage: Stage,
    /// What it does to those who use the part.
    #[serde(skip)]
    pub effect: Effect,
    /// Objects it needs beyond those that its object's definition names.
    #[serde(skip)]
    pub needs: Vec<Id>,
    /// What it takes, and what is free after it, beyond the names of the catalog's objects: an identity column's sequence.
    #[serde(skip)]
    pub takes: Option<Name>,
    /// See [`Self::takes`].
    #[serde(skip)]
    pub frees: Vec<Name>,
    /// The object whose change of the same part makes this one too, so that no statement does: a parent's column is its heirs'.
    #[serde(skip)]
    pub done_by: Option<Id>,
}

/// Where a change stands between the objects that go and those that come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Part of the creation or the drop itself, printed with it.
    #[default]
    With,
    /// Lets go of something: before the drops of what the object depended on.
    Releases,
    /// Takes hold of something: after the creation of what the object depends on.
    Claims,
    /// Both.
    Turns,
}

/// What a change does to those who use a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// Nothing that they notice.
    #[default]
    None,
    /// It has another type.
    Retypes,
    /// It is gone.
    Drops,
    /// It is there.
    Adds,
    /// All that belongs to the object is known by other names.
    Moves,
}

impl Change {
    /// An action on an object, printed with its creation or drop.
    pub fn new(id: &Id, action: &'static str) -> Self {
        Self {
            id: id.clone(),
            action,
            part: None,
            context: BTreeMap::new(),
            hazards: BTreeSet::new(),
            stage: Stage::default(),
            effect: Effect::default(),
            needs: Vec::new(),
            takes: None,
            frees: Vec::new(),
            done_by: None,
        }
    }

    /// Says a comment, or takes it away.
    pub fn comment(id: &Id, text: Option<&str>) -> Self {
        Self::new(id, "comment").with("comment", text)
    }

    /// The same, with a value for the template.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        self.context
            .insert(name.to_owned(), Value::from(Serde(value)));
        self
    }

    /// Whether a column is computed no longer, or goes that was.
    pub(super) fn frees_computed(&self) -> bool {
        let is_computed = |name: &Name| matches!(name, Name::Turn(Turn::Computed, _));
        self.frees.iter().any(is_computed) || self.action == "drop_expression"
    }

    /// Appends to a list that the template sees.
    pub(super) fn tell(&mut self, list: &'static str, value: Value) {
        let known = self.context.get(list).and_then(|list| list.try_iter().ok());
        let list_of: Vec<Value> = known.into_iter().flatten().chain([value]).collect();
        self.context.insert(list.to_owned(), list_of.into());
    }

    /// The same for one column of the object.
    #[must_use]
    pub fn part(mut self, name: &str) -> Self {
        self.part = Some(name.to_owned());
        self.with("part", name)
    }

    /// The same with hazards.
    #[must_use]
    pub fn hazards(mut self, hazards: &[Hazard]) -> Self {
        self.hazards.extend(hazards);
        self
    }

    /// The same at a stage.
    #[must_use]
    pub fn stage(mut self, stage: Stage) -> Self {
        self.stage = stage;
        self
    }

    /// The same with an effect on those who use the part.
    #[must_use]
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// The same, after the creation of another object.
    #[must_use]
    pub fn needs(mut self, id: Id) -> Self {
        self.needs.push(id);
        self
    }

    /// The same, as it comes to another object by itself.
    pub(super) fn passed_on(&self, heir: &Id) -> Self {
        let mut change = Self::new(heir, self.action).effect(self.effect);
        change.part.clone_from(&self.part);
        change.done_by = Some(self.id.clone());
        change.stage(Stage::Releases)
    }

    /// Whether it may run inside a transaction block.
    pub fn is_transactional(&self) -> bool {
        !self.hazards.contains(&Hazard::CannotRunInTransaction)
    }

    /// How long it holds its locks.
    pub fn lock_time(&self) -> LockTime {
        let long = [
            Hazard::RewritesTable,
            Hazard::ScansTable,
            Hazard::BlocksReads,
            Hazard::BlocksWrites,
            Hazard::IndexBuild,
        ];
        if long.iter().any(|hazard| self.hazards.contains(hazard)) {
            LockTime::Long
        } else {
            LockTime::Brief
        }
    }
}
