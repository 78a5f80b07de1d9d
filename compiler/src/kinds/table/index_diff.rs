use super::attached;
use super::constraint_diff::{key_uses, owners_of_index};
use super::index::{Index, IndexKey, KeyValue};
use super::inheritance::model;
use super::{diff, promoted};
use crate::catalog::{Id, QName};
use crate::kinds::{Kind, Sql, changed_options, raw};
use crate::plan::{Alteration, Change, Diff, Hazard, Making, Name, Site, Stage, Use};
use crate::sql::mentions;

impl Diff for Index {
    fn create(&self, at: &Site) -> Vec<Change> {
        let hazards = [Hazard::IndexBuild, Hazard::ScansTable, Hazard::BlocksWrites];
        let mut create = Change::new(at.id, "create").with("new", self);
        create.takes = Some(attached::alike(at.id));
        let mut changes = vec![create.hazards(&hazards)];
        changes.extend(diff::clustered_again(&at.id.name, &self.table, at));
        changes.extend(statistics(
            &Self {
                statistics: std::collections::BTreeMap::new(),
                ..self.clone()
            },
            self,
            at.id,
        ));
        if let Some(parent) = self.attached_to.as_ref().filter(|_| {
            attached::index_is_made_first(at.id, self, at.to)
                && !joins_by_attaching(&self.table, at)
        }) && at
            .from
            .get(&Id::new(Kind::Index, &parent.schema, &parent.name))
            .is_some()
        {
            changes.push(attach(at.id, parent));
        }
        changes
    }

    fn drop(&self, at: &Site) -> Vec<Change> {
        if promoted::becomes_constraint(self, at) {
            return Vec::new();
        }
        let mut drop = Change::new(at.id, "drop");
        if self.is_of_whole(at) && attached::has_keys_behind(&at.id.qname(), at) {
            drop = drop.with("cascade", true);
        }
        let taker = attached::takers(at.object, &self.table, at).next();
        drop.frees.extend(taker.map(attached::alike));
        let leaves = self.attached_to.is_some() && joins_by_attaching(&self.table, at);
        let table = Id::new(Kind::Table, &self.table.schema, &self.table.name);
        // What a partition has from its parent can be dropped when it is no partition any more.
        vec![if leaves { drop.needs(table) } else { drop }]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let as_new = Self {
            options: new.options.clone(),
            tablespace: new.tablespace.clone(),
            statistics: new.statistics.clone(),
            attached_to: match &new.attached_to {
                None if !joins_by_attaching(&self.table, at) => self.attached_to.clone(),
                attached => attached.clone(),
            },
            ..self.clone()
        };
        let alone = self.attached_to.is_none() && new.attached_to.is_none();
        let taken = || {
            attached::takers(at.object, &self.table, at)
                .next()
                .is_some()
        };
        // No statement changes those of a partitioned table's.
        let fixed = || {
            super::Table::find(at.to, &self.table).is_some_and(|table| table.partition_by.is_some())
        };
        let options = self.options != new.options && fixed();
        let name = at.id.qname();
        let falls = || {
            let retyped = || self.is_retyped(at) && attached::has_keys_behind(&name, at);
            self.is_of_whole(at) && (attached::loses_a_part(&name, at) || retyped())
        };
        if as_new != *new || options || alone && taken() || falls() {
            return Alteration::Replace;
        }
        let mut changes = changed_options(at.id, &self.options, &new.options);
        if self.tablespace != new.tablespace {
            changes.push(Change::new(at.id, "set_tablespace").with("tablespace", &new.tablespace));
        }
        changes.extend(statistics(self, new, at.id));
        changes.extend(self.comment_again(at));
        if let Some(parent) = new
            .attached_to
            .as_ref()
            .filter(|_| self.attached_to.is_none())
            && !joins_by_attaching(&self.table, at)
        {
            changes.push(attach(at.id, parent));
        }
        Alteration::Changes(changes)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let mut uses = vec![Use::Relation(self.table.clone(), None)];
        uses.extend((self.method != "btree").then(|| raw::access_method(&self.method)));
        uses.extend(self.keys.iter().flat_map(|key| key_uses(key, &self.table)));
        uses.extend(
            self.include
                .iter()
                .map(|column| Use::Relation(self.table.clone(), Some(column.as_str()))),
        );
        uses.extend(
            self.predicate
                .iter()
                .map(|sql| Use::Text(&sql.0, Some(self.table.clone()))),
        );
        uses.extend(
            self.attached_to
                .iter()
                .map(|index| Use::Index(index.clone())),
        );
        uses
    }

    fn making(&self, at: &Site) -> Making {
        if self.attached_to.is_some() && !attached::index_is_made_first(at.id, self, at.to) {
            Making::Implied
        } else {
            Making::Apart
        }
    }

    fn precedes(&self, at: &Site) -> Vec<Id> {
        if !attached::index_is_made_first(at.id, self, at.to) {
            return attached::taken(at.id, at.object, &self.table, at);
        }
        owners_of_index(self.attached_to.as_ref(), at.to)
    }

    fn falls_with(&self, _id: &Id) -> Vec<(Id, Option<String>)> {
        let mut owners: Vec<(Id, Option<String>)> = Vec::new();
        for kind in [Kind::Table, Kind::MaterializedView] {
            let relation = Id::new(kind, &self.table.schema, &self.table.name);
            owners.push((relation.clone(), None));
            let keys = self.keys.iter().filter_map(|key| match &key.value {
                KeyValue::Column(column) => Some(column),
                KeyValue::Expression(_) => None,
            });
            owners.extend(
                keys.chain(&self.include)
                    .map(|column| (relation.clone(), Some(column.clone()))),
            );
        }
        let parent = self.attached_to.iter();
        owners.extend(parent.map(|index| (Id::new(Kind::Index, &index.schema, &index.name), None)));
        owners
    }

    fn stands_alone(&self) -> bool {
        self.attached_to.is_none()
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![Name::Relation(id.qname())]
    }

    fn unique_key(&self, _id: &Id) -> Option<(QName, Vec<&String>)> {
        let column = |key: &'_ super::index::IndexKey| matches!(key.value, KeyValue::Column(_));
        let plain = self.unique && self.predicate.is_none() && self.keys.iter().all(column);
        let columns = self.keys.iter().filter_map(|key| match &key.value {
            KeyValue::Column(column) => Some(column),
            KeyValue::Expression(_) => None,
        });
        plain.then(|| (self.table.clone(), columns.collect()))
    }

    fn survives_retyping(&self) -> bool {
        // PostgreSQL makes it again, without the targets of its keys; a whole's takes a part's along.
        self.statistics.is_empty() || self.attached_to.is_some()
    }

    fn moves_with(&self) -> Option<&QName> {
        Some(&self.table)
    }

    fn stands_with(&self, _id: &Id) -> Option<QName> {
        Some(self.table.clone())
    }
}

impl Index {
    /// Whether partitions have parts of it.
    fn is_of_whole(&self, at: &Site) -> bool {
        let table = super::Table::find(at.from, &self.table);
        table.is_some_and(|table| table.partition_by.is_some())
    }

    /// The comment, where a column of the key gets another type: PostgreSQL then gives the parts of an index the whole's
    /// (`DefineIndex` of `indexcmds.c`).
    fn comment_again(&self, at: &Site) -> Option<Change> {
        let mut whole = self.attached_to.as_ref()?;
        let index = |name: &QName| Id::new(Kind::Index, &name.schema, &name.name);
        while let Some(above) = at
            .from
            .get(&index(whole))
            .and_then(model::<Self>)?
            .attached_to
            .as_ref()
        {
            whole = above;
        }
        let given = at.from.get(&index(whole))?.comment.as_ref()?;
        let [old, new] = [at.from, at.to].map(|catalog| catalog.get(at.id).map(|now| &now.comment));
        let comment = new.filter(|new| old == Some(new) && new.as_ref() != Some(given))?;
        let change = Change::comment(at.id, comment.as_deref());
        self.is_retyped(at).then(|| change.stage(Stage::Claims))
    }

    /// Whether a column of the key gets another type.
    fn is_retyped(&self, at: &Site) -> bool {
        let types = |catalog| {
            let table = super::Table::find(catalog, &self.table)?;
            let columns = table
                .columns
                .iter()
                .filter(|column| self.has_column(&column.name));
            Some(
                columns
                    .map(|column| (&column.data_type, &column.collation))
                    .collect::<Vec<_>>(),
            )
        };
        types(at.from) != types(at.to)
    }

    fn has_column(&self, name: &str) -> bool {
        let is_key = |key: &IndexKey| match &key.value {
            KeyValue::Column(column) => column == name,
            KeyValue::Expression(expression) => mentions(&expression.0).name(name),
        };
        let in_predicate = |predicate: &Sql| mentions(&predicate.0).name(name);
        self.keys.iter().any(is_key)
            || self.include.iter().any(|column| column == name)
            || self.predicate.as_ref().is_some_and(in_predicate)
    }
}

/// A partition's index becomes part of the parent's when the partition is attached, and its own when it is detached.
pub(super) fn joins_by_attaching(table: &QName, at: &Site) -> bool {
    let attached =
        |catalog| super::Table::find(catalog, table).and_then(|table| table.partition_of.clone());
    attached(at.from) != attached(at.to)
}

fn attach(id: &Id, parent: &QName) -> Change {
    let parent_id = Id::new(Kind::Index, &parent.schema, &parent.name);
    Change::new(id, "attach")
        .with("parent", parent)
        .stage(Stage::Claims)
        .needs(parent_id)
}

fn statistics(old: &Index, new: &Index, id: &Id) -> Vec<Change> {
    let keys = old.statistics.keys().chain(new.statistics.keys());
    let changed = keys.filter(|key| old.statistics.get(key) != new.statistics.get(key));
    let changed: std::collections::BTreeSet<&u16> = changed.collect();
    let target = |key| new.statistics.get(key).copied().unwrap_or(-1);
    changed
        .into_iter()
        .map(|key| {
            Change::new(id, "set_statistics")
                .with("key", key)
                .with("target", target(key))
        })
        .collect()
}
