use super::Sequence;
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::Kind;
use crate::plan::{Alteration, Change, Diff, Hazard, Inline, Making, Name, Site, Stage, Use};
use crate::sql::object_name::make_object_name;

impl Diff for Sequence {
    fn create(&self, at: &Site) -> Vec<Change> {
        let defaults = super::SequenceOptions::default_for(&self.data_type, self.options.increment);
        let mut changes = vec![
            Change::new(at.id, "create")
                .with("new", self)
                .with("defaults", defaults),
        ];
        if self.owned_by.is_some() {
            changes.push(owned_by(at.id, self));
        }
        changes
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let mut changes = Vec::new();
        changes.extend(self.set_logged(new, at));
        let alter = |old: &Self, new: &Self| {
            let change = Change::new(at.id, "alter");
            change.with("old", old).with("new", new)
        };
        if let Some(both) = self.options.room_for(&new.options) {
            let between = Self {
                data_type: wider(&self.data_type, &new.data_type).to_owned(),
                options: both,
                ..self.clone()
            };
            changes.extend((between != *self).then(|| alter(self, &between)));
            changes.push(Change::new(at.id, "clamp").with("new", &new.options));
            changes.push(alter(&between, new));
        } else if self.data_type != new.data_type || self.options != new.options {
            changes.push(alter(self, new));
        }
        if self.owned_by != new.owned_by {
            let follows = self.owner_follows(new, at);
            if follows.is_empty() && self.changes_hands_in_between(new, at) {
                changes.push(owned_by(at.id, &self.nobodys()).stage(Stage::Releases));
                changes.push(owned_by(at.id, new).stage(Stage::Claims));
            } else {
                changes.extend(follows);
                changes.push(owned_by(at.id, new).stage(Stage::Turns));
            }
        }
        Alteration::Changes(changes)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let owner = self.owned_by.iter();
        owner
            .map(|owner| Use::Relation(owner.table.clone(), Some(owner.column.as_str())))
            .collect()
    }

    fn making(&self, at: &Site) -> Making {
        self.serial(at).map_or(Making::Apart, Making::Within)
    }

    fn falls_with(&self, _id: &Id) -> Vec<(Id, Option<String>)> {
        let owner = self.owned_by.iter();
        owner
            .flat_map(|owner| {
                let table = table_id(&owner.table);
                [(table.clone(), None), (table, Some(owner.column.clone()))]
            })
            .collect()
    }

    fn ties(&self, _id: &Id) -> Vec<Id> {
        self.owned_by
            .iter()
            .map(|owner| table_id(&owner.table))
            .collect()
    }

    fn moves_with(&self) -> Option<&QName> {
        self.owned_by.as_ref().map(|owner| &owner.table)
    }

    fn owned_by(&self) -> Option<(&QName, &str)> {
        let owner = self.owned_by.as_ref()?;
        Some((&owner.table, &owner.column))
    }

    fn survives_retyping(&self) -> bool {
        true
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![Name::Relation(id.qname())]
    }

    fn stands_with(&self, _id: &Id) -> Option<QName> {
        self.owned_by.as_ref().map(|owner| owner.table.clone())
    }
}

impl Sequence {
    /// The column that makes it along when it is written `serial`: of its type, not null, with the default and the name that
    /// `serial` gives.
    fn serial(&self, at: &Site) -> Option<Inline> {
        let owner = self.owned_by.as_ref()?;
        let id = table_id(&owner.table);
        let table: &crate::kinds::table::Table = at
            .to
            .get(&id)
            .and_then(|object| crate::kinds::Model::from_body(&object.body))?;
        let column = table.column(&owner.column)?;
        let name = make_object_name(&owner.table.name, Some(&owner.column), Some("seq"));
        let default = column.default.as_ref()?;
        let plain = self.options == super::SequenceOptions::default_for(&self.data_type, 1)
            && !self.unlogged
            && !column.nullable
            && !column.inherited
            && column.data_type == self.data_type
            && at.id.qname() == QName::new(&owner.table.schema, name)
            && !is_used_beside(at.id, table, &column.name)
            && crate::sql::same_text(&default.0, &Self::next_value(at));
        plain.then(|| Inline {
            owner: id,
            part: Some(owner.column.clone()),
            list: "serials",
            value: owner.column.clone().into(),
        })
    }

    /// What a table becomes, its columns' sequences become (PostgreSQL 15).
    fn set_logged(&self, new: &Self, at: &Site) -> Option<Change> {
        let owner = self
            .owned_by
            .as_ref()
            .filter(|_| self.owned_by == new.owned_by);
        let id = owner.map(|owner| table_id(&owner.table));
        let table = |catalog: &Catalog| {
            let object = catalog.get(id.as_ref()?)?;
            let table: &crate::kinds::table::Table = crate::kinds::Model::from_body(&object.body)?;
            Some(table.unlogged)
        };
        let follows = table(at.to).filter(|now| table(at.from) != Some(*now));
        if follows.unwrap_or(self.unlogged) == new.unlogged {
            return None;
        }
        let set = Change::new(at.id, "set_logged").with("unlogged", new.unlogged);
        Some(match id {
            Some(id) => set.needs(id),
            None => set,
        })
    }

    fn nobodys(&self) -> Self {
        Self {
            owned_by: None,
            ..self.clone()
        }
    }

    /// Whether its owner goes and the next one comes: that one may take names that are free when the first is gone.
    fn changes_hands_in_between(&self, new: &Self, at: &Site) -> bool {
        let there = |sequence: &Self, catalog: &Catalog| {
            let owner = sequence.owned_by.as_ref();
            owner.map(|owner| catalog.get(&table_id(&owner.table)).is_some())
        };
        there(self, at.to) == Some(false) && there(new, at.from) == Some(false)
    }

    /// Only what has the table's owner can come to belong to it.
    fn owner_follows(&self, new: &Self, at: &Site) -> Vec<Change> {
        let owner = |sequence: &Self, catalog: &Catalog| {
            let table = sequence.owned_by.as_ref().map(|owner| &owner.table);
            let id = table.map_or_else(|| at.id.clone(), table_id);
            catalog.get(&id).and_then(|object| object.owner.clone())
        };
        let role = owner(new, at.to).filter(|_| new.owned_by.is_some());
        let has_it = |role: &String| {
            [at.from, at.to].map(|catalog| owner(self, catalog) == Some(role.clone()))
        };
        let Some(role) = role.filter(|role| has_it(role).contains(&false)) else {
            return Vec::new();
        };
        let let_go = self.owned_by.as_ref();
        let let_go = let_go.map(|_| owned_by(at.id, &self.nobodys()).stage(Stage::Turns));
        let set = Change::new(at.id, "owner").with("owner", role);
        let set = set.hazards(&[Hazard::ChangesAuthorization]);
        let_go.into_iter().chain([set]).collect()
    }

    /// The default expression of a serial column, as PostgreSQL prints it.
    fn next_value(at: &Site) -> String {
        let schema = (at.id.schema != at.to.default_schema).then_some(at.id.schema.as_str());
        let name = crate::sql::quote_qualified(schema, &at.id.name);
        format!("nextval({}::regclass)", crate::sql::quote_literal(&name))
    }
}

/// Whether another column of its table counts with it too.
fn is_used_beside(id: &Id, table: &crate::kinds::table::Table, owner: &str) -> bool {
    let mut others = table.columns.iter().filter(|column| column.name != owner);
    others.any(|column| {
        let default = column.default.as_ref();
        default.is_some_and(|default| crate::kinds::mentions_any(&default.0, &[id]))
    })
}

fn wider<'t>(one: &'t str, other: &'t str) -> &'t str {
    let all = ["bigint", "integer"];
    all.into_iter()
        .find(|wide| [one, other].contains(wide))
        .unwrap_or(one)
}

fn owned_by(id: &Id, sequence: &Sequence) -> Change {
    let change = Change::new(id, "owned_by").with("owned_by", &sequence.owned_by);
    match &sequence.owned_by {
        Some(owner) => change.needs(table_id(&owner.table)),
        None => change,
    }
}

fn table_id(table: &QName) -> Id {
    Id::new(Kind::Table, &table.schema, &table.name)
}
