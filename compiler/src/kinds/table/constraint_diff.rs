use super::attached::{self, key_is_made_first};
use super::constraint::{Constraint, ConstraintRule, KeyIndex};
use super::index::{IndexKey, KeyValue};
use super::index_diff::joins_by_attaching;
use super::inheritance::{self, table_id};
use super::{Table, casts, diff, inherited_keys, promoted};
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::{Kind, Model};
use crate::plan::{Alteration, Change, Diff, Hazard, Inline, Making, Name, Site, Turn, Use};

impl Diff for Constraint {
    fn create(&self, at: &Site) -> Vec<Change> {
        if promoted::takes_index(self, at) {
            let comment = comment_of_index(None, self, at.id);
            let create = Change::new(at.id, "use_index").with("new", self);
            return [create].into_iter().chain(comment).collect();
        }
        let hazards: &[Hazard] = match &self.rule {
            _ if self.not_valid || self.not_enforced => &[],
            ConstraintRule::Check(_) => &[
                Hazard::ScansTable,
                Hazard::BlocksReads,
                Hazard::BlocksWrites,
            ],
            ConstraintRule::ForeignKey(_) => &[Hazard::ScansTable, Hazard::BlocksWrites],
            _ => &[
                Hazard::IndexBuild,
                Hazard::ScansTable,
                Hazard::BlocksReads,
                Hazard::BlocksWrites,
            ],
        };
        let mut create = Change::new(at.id, "create").with("new", self);
        create.takes = Some(if self.key_index().is_some() {
            attached::alike(at.id)
        } else {
            inheritance::heirs_of(&QName::new(&at.id.schema, &at.id.parent))
        });
        let mut changes = vec![create.hazards(hazards)];
        changes.extend(diff::clustered_again(
            &at.id.name,
            &QName::new(&at.id.schema, &at.id.parent),
            at,
        ));
        changes.extend(comment_of_index(None, self, at.id));
        changes.extend(inheritance::validate_in_partitions(at, false));
        changes
    }

    fn drop(&self, at: &Site) -> Vec<Change> {
        if inheritance::is_check_of_parents(self, at.id, at.to, at.from)
            || inheritance::is_left_to_parents(self, at)
        {
            let said = at.object.comment.iter();
            return said.map(|_| Change::comment(at.id, None)).collect();
        }
        let mut drop = Change::new(at.id, "drop");
        let table = QName::new(&at.id.schema, &at.id.parent);
        let taker = attached::takers(at.object, &table, at).next();
        drop.frees.extend(taker.map(attached::alike));
        // By then an heir that leaves has left: it keeps the check.
        let is_check = matches!(self.rule, ConstraintRule::Check(_));
        drop.takes = is_check.then(|| inheritance::heirs_of(&table));
        if matches!(self.rule, ConstraintRule::ForeignKey(_)) {
            let wholes = inherited_keys::hands_down(&table, at.from);
            drop.frees
                .extend(wholes.iter().map(inherited_keys::copies_of));
        }
        let leaves = self.attached_to().is_some() && joins_by_attaching(&table, at);
        vec![if leaves {
            drop.needs(table_id(&table))
        } else {
            drop
        }]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        let mut as_new = Self {
            inherited: new.inherited,
            ..self.clone()
        };
        let table = QName::new(&at.id.schema, &at.id.parent);
        if let Some(index) = as_new
            .key_index_mut()
            .filter(|_| joins_by_attaching(&table, at))
        {
            index.attached_to = new.attached_to().cloned();
        }
        let comment = comment_of_index(Some(self), new, at.id);
        if let Some(index) = as_new.key_index_mut() {
            index.comment = new.key_index().and_then(|index| index.comment.clone());
        }
        let alone = self.attached_to().is_none() && new.attached_to().is_none();
        if alone && attached::takers(at.object, &table, at).next().is_some() {
            return Alteration::Replace;
        }
        if as_new == *new {
            // Without a check of the rows it costs nothing.
            let again =
                inheritance::is_for_new_heir(new, at) || inheritance::is_validated_no_longer(at);
            return if again {
                Alteration::Replace
            } else {
                let validate = inheritance::validate_in_partitions(at, true);
                Alteration::Changes(comment.into_iter().chain(validate).collect())
            };
        }
        let validated = Self {
            not_valid: new.not_valid,
            ..as_new.clone()
        };
        if validated == *new && self.not_valid {
            let validate = Change::new(at.id, "validate").hazards(&[Hazard::ScansTable]);
            return Alteration::Changes([validate].into_iter().chain(comment).collect());
        }
        let deferred = Self {
            deferrable: new.deferrable,
            initially_deferred: new.initially_deferred,
            ..as_new
        };
        if deferred == *new && matches!(self.rule, ConstraintRule::ForeignKey(_)) {
            return Alteration::Changes(vec![Change::new(at.id, "alter").with("new", new)]);
        }
        Alteration::Replace
    }

    fn uses(&self, id: &Id) -> Vec<Use<'_>> {
        let table = QName::new(&id.schema, &id.parent);
        let mut uses = vec![Use::Relation(table.clone(), None)];
        let own = |column| Use::Relation(table.clone(), Some(column));
        match &self.rule {
            ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => {
                uses.extend(
                    key.columns
                        .iter()
                        .chain(&key.index.include)
                        .map(|column| own(column.as_str())),
                );
            }
            ConstraintRule::ForeignKey(key) => {
                uses.extend(key.columns.iter().map(|column| own(column.as_str())));
                let far = key.referenced_columns.iter();
                uses.extend(
                    far.map(|column| Use::Relation(key.references.clone(), Some(column.as_str()))),
                );
                uses.push(Use::Key(key.references.clone(), &key.referenced_columns));
            }
            ConstraintRule::Check(check) => uses.push(Use::Text(&check.expression.0, Some(table))),
            ConstraintRule::Exclusion(exclusion) => {
                uses.extend(
                    exclusion
                        .elements
                        .iter()
                        .flat_map(|element| key_uses(&element.key, &table)),
                );
                uses.extend(
                    exclusion
                        .predicate
                        .iter()
                        .map(|sql| Use::Text(&sql.0, Some(table.clone()))),
                );
            }
        }
        uses.extend(self.attached_to().map(|index| Use::Index(index.clone())));
        uses
    }

    fn making(&self, at: &Site) -> Making {
        let table = QName::new(&at.id.schema, &at.id.parent);
        if inheritance::is_check_of_parents(self, at.id, at.from, at.to)
            || inherited_keys::is_left(self, at)
        {
            return Making::Implied;
        }
        if self.inherited
            && !key_is_made_first(at.id, self, at.to)
            && has_parent_with(self, at, &table)
        {
            return Making::Implied;
        }
        let is_check = matches!(self.rule, ConstraintRule::Check(_));
        if self.not_valid
            || self.inherited && !is_check
            || has_apart_children(self, at)
            || self.is_taken_for_another(at)
            || self.attached_to().is_none()
                && attached::takers(at.object, &table, at).next().is_some()
        {
            return Making::Apart;
        }
        Making::Within(Inline {
            owner: table_id(&table),
            part: None,
            list: "constraints",
            value: crate::plan::value(Named {
                name: &at.id.name,
                new: self,
            }),
        })
    }

    fn precedes(&self, at: &Site) -> Vec<Id> {
        let table = QName::new(&at.id.schema, &at.id.parent);
        if matches!(self.rule, ConstraintRule::Check(_)) && !self.not_valid {
            return inheritance::unchecked_parents_of(self, at.id, at.to);
        }
        if !key_is_made_first(at.id, self, at.to) {
            return attached::taken(at.id, at.object, &table, at);
        }
        owners_of_index(self.attached_to(), at.to)
    }

    fn ties(&self, id: &Id) -> Vec<Id> {
        let _ = id;
        Vec::new()
    }

    fn falls_with(&self, id: &Id) -> Vec<(Id, Option<String>)> {
        let table = table_id(&QName::new(&id.schema, &id.parent));
        let columns: Vec<&String> = match &self.rule {
            ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => {
                key.columns.iter().chain(&key.index.include).collect()
            }
            ConstraintRule::ForeignKey(key) => key.columns.iter().collect(),
            ConstraintRule::Exclusion(exclusion) => exclusion
                .elements
                .iter()
                .filter_map(|element| match &element.key.value {
                    KeyValue::Column(column) => Some(column),
                    KeyValue::Expression(_) => None,
                })
                .collect(),
            ConstraintRule::Check(_) => Vec::new(),
        };
        let mut owners = vec![(table.clone(), None)];
        let plain = |whole: &QName| Id::new(Kind::Index, &whole.schema, &whole.name);
        owners.extend(self.attached_to().map(|whole| (plain(whole), None)));
        owners.extend(
            columns
                .into_iter()
                .map(|column| (table.clone(), Some(column.clone()))),
        );
        owners
    }

    fn handed_down_by(&self, id: &Id, catalog: &Catalog) -> Vec<Id> {
        inheritance::handed_down_by(self, id, catalog)
    }

    fn comes_from(&self, id: &Id, catalog: &Catalog) -> Vec<Id> {
        // A check that is an object is the table's own too, and stays.
        if matches!(self.rule, ConstraintRule::Check(_)) {
            return Vec::new();
        }
        let table =
            Table::find(catalog, &QName::new(&id.schema, &id.parent)).filter(|_| self.inherited);
        let parents = table.into_iter().flat_map(|table| {
            table
                .inherits
                .iter()
                .chain(table.partition_of.iter().map(|part| &part.parent))
        });
        let name = self.attached_to().map_or(&id.name, |index| &index.name);
        parents
            .map(|parent| Id::part(Kind::Constraint, parent, name))
            .collect()
    }

    fn stands_alone(&self) -> bool {
        !self.inherited && self.attached_to().is_none()
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        match self.rule {
            ConstraintRule::ForeignKey(_) | ConstraintRule::Check(_) => Vec::new(),
            ConstraintRule::PrimaryKey(_) => {
                let table = QName::new(&id.schema, &id.parent);
                let only_one = Name::Turn(Turn::PrimaryKey, table);
                vec![Name::Relation(id.qname()), only_one]
            }
            _ => vec![Name::Relation(id.qname())],
        }
    }

    fn unique_key(&self, id: &Id) -> Option<(QName, Vec<&String>)> {
        match &self.rule {
            ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => Some((
                QName::new(&id.schema, &id.parent),
                key.columns.iter().collect(),
            )),
            _ => None,
        }
    }

    fn survives_retyping(&self) -> bool {
        true
    }

    fn compares(&self, at: &Site) -> Vec<[(Id, String); 2]> {
        let ConstraintRule::ForeignKey(key) = &self.rule else {
            return Vec::new();
        };
        let table = QName::new(&at.id.schema, &at.id.parent);
        let types = |table: &QName, column: &str| {
            let of = |catalog| {
                let column = Table::find(catalog, table)?.column(column)?;
                Some(casts::base_type(&column.data_type, catalog))
            };
            [at.from, at.to].map(of)
        };
        let parted = |(own, far): &(&String, &String)| {
            let [old, new] = types(&table, own);
            let [far_old, far_new] = types(&key.references, far);
            let compares = |one: Option<String>, other: Option<String>| {
                one.zip(other)
                    .is_some_and(|(one, other)| casts::compares(&one, &other))
            };
            !compares(new, far_old) || !compares(old, far_new)
        };
        let column = |table: &QName, name: &String| (table_id(table), name.clone());
        let pairs = key.columns.iter().zip(&key.referenced_columns);
        pairs
            .filter(parted)
            .map(|(own, far)| [column(&table, own), column(&key.references, far)])
            .collect()
    }
}

/// What comments on the index behind a constraint, where that has changed.
fn comment_of_index(old: Option<&Constraint>, new: &Constraint, id: &Id) -> Option<Change> {
    let said = |constraint: &Constraint| constraint.key_index()?.comment.clone();
    let (before, after) = (old.and_then(said), said(new));
    let change = Change::new(id, "comment_index").with("index", QName::new(&id.schema, &id.name));
    (before != after).then(|| change.with("comment", after))
}

impl Constraint {
    /// The parent's index that the index behind it is attached to.
    pub(super) fn attached_to(&self) -> Option<&QName> {
        self.key_index()
            .and_then(|index| index.attached_to.as_ref())
    }

    pub(super) fn key_index(&self) -> Option<&KeyIndex> {
        match &self.rule {
            ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => Some(&key.index),
            ConstraintRule::Exclusion(exclusion) => Some(&exclusion.index),
            _ => None,
        }
    }

    fn key_index_mut(&mut self) -> Option<&mut KeyIndex> {
        match &mut self.rule {
            ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => Some(&mut key.index),
            ConstraintRule::Exclusion(exclusion) => Some(&mut exclusion.index),
            _ => None,
        }
    }

    /// Whether `CREATE TABLE` would make one index, and so one constraint, of it and another key of the same columns
    /// (`transformIndexConstraints`).
    fn is_taken_for_another(&self, at: &Site) -> bool {
        let ConstraintRule::Unique(key) = &self.rule else {
            return false;
        };
        let table = QName::new(&at.id.schema, &at.id.parent);
        let mut others = at.to.parts_of::<Constraint>(&table);
        others.any(|(id, other, _)| match &other.rule {
            ConstraintRule::PrimaryKey(other) | ConstraintRule::Unique(other) => {
                id != at.id && other.columns == key.columns
            }
            _ => false,
        })
    }
}

/// Whether a parent of the table gives it the constraint.
fn has_parent_with(constraint: &Constraint, at: &Site, table: &QName) -> bool {
    let Some(model) = Table::find(at.to, table) else {
        return false;
    };
    let mut parents = model
        .inherits
        .iter()
        .chain(model.partition_of.iter().map(|part| &part.parent));
    // A check that is an heir's own too is made by its own statement; a partition's is never its own.
    let own = matches!(constraint.rule, ConstraintRule::Check(_)) && model.partition_of.is_none();
    constraint.attached_to().is_some()
        || !own
            && parents.any(|parent| {
                let id = Id::part(Kind::Constraint, parent, &at.id.name);
                let found = at
                    .to
                    .get(&id)
                    .and_then(|object| Constraint::from_body(&object.body));
                found.is_some() || matches!(constraint.rule, ConstraintRule::ForeignKey(_))
            })
}

/// Whether a partition's own key, with a name of its own, has to be there before it.
fn has_apart_children(constraint: &Constraint, at: &Site) -> bool {
    let own = QName::new(&at.id.schema, &at.id.name);
    let table = Table::find(at.to, &QName::new(&at.id.schema, &at.id.parent));
    constraint.key_index().is_some()
        && table.is_some_and(|table| table.partition_by.is_some())
        && at.to.of::<Constraint>().any(|(id, child, _)| {
            child.attached_to() == Some(&own) && key_is_made_first(id, child, at.to)
        })
}

/// The constraint or index whose index that is.
pub(super) fn owner_of_index(index: &QName, catalog: &Catalog) -> Option<Id> {
    let plain = Id::new(Kind::Index, &index.schema, &index.name);
    if catalog.get(&plain).is_some() {
        return Some(plain);
    }
    let named = |id: &&Id| {
        id.kind == Kind::Constraint && id.schema == index.schema && id.name == index.name
    };
    catalog.objects.keys().find(named).cloned()
}

/// That of an index, of the one it is attached to, and so on: the last of them is made by a statement of its own.
pub(super) fn owners_of_index(index: Option<&QName>, catalog: &Catalog) -> Vec<Id> {
    let mut found = Vec::new();
    let mut next = index.cloned();
    while let Some(id) = next.and_then(|index| owner_of_index(&index, catalog)) {
        next = catalog.get(&id).and_then(super::attached::attached_to);
        found.push(id);
    }
    found
}

/// What an index key uses.
pub(super) fn key_uses<'a>(key: &'a IndexKey, table: &QName) -> Vec<Use<'a>> {
    let mut uses = vec![match &key.value {
        KeyValue::Column(column) => Use::Relation(table.clone(), Some(column.as_str())),
        KeyValue::Expression(sql) => Use::Text(&sql.0, Some(table.clone())),
    }];
    uses.extend(key.collation.as_deref().map(Use::Collation));
    uses.extend(key.operator_class.iter().map(|sql| Use::Text(&sql.0, None)));
    uses
}

/// A constraint as the creation of its table prints it.
#[derive(serde::Serialize)]
pub(super) struct Named<'a> {
    pub name: &'a str,
    pub new: &'a Constraint,
}
