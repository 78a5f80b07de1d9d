//! The catalog as the Rust target sees it: tables with their keys, constraints and indexes at hand, and with names.

use std::collections::{BTreeMap, BTreeSet};

use super::context::TableNames;
use super::names::{Taken, singular};
use super::partitions::{self, root_of};
use super::types::{RustType, Types, Wire};
use super::widths::{Widths, widths};
use crate::catalog::{Catalog, Id, Object, QName};
use crate::kinds::domain::Domain;
use crate::kinds::table::constraint::{Constraint, ConstraintRule, ForeignKey, Key};
use crate::kinds::table::index::Index;
use crate::kinds::table::{Column, Table};
use crate::kinds::{Kind, Model};
use crate::spec::hints::{ColumnHints, Role};
use crate::spec::{Spec, TableHints};
use crate::sql::TypeName;
use crate::templates::names::{camel, snake, snake_part};

/// The whole schema.
pub(super) struct Schema<'a> {
    pub spec: &'a Spec,
    pub types: Types<'a>,
    relations: BTreeMap<QName, Relation<'a>>,
    /// Which tables have foreign keys that point at a table.
    referrers: BTreeMap<&'a QName, BTreeSet<QName>>,
    /// What narrower columns that refer to them leave of integer columns.
    pub widths: Widths,
}

/// A table and what belongs to it.
pub(super) struct Relation<'a> {
    pub id: &'a Id,
    pub table: &'a Table,
    pub object: &'a Object,
    pub names: TableNames,
    pub module: String,
    pub constraints: Vec<(&'a str, &'a Constraint, &'a Object)>,
    pub indexes: Vec<(&'a str, &'a Index)>,
    /// The newtype of its primary key.
    pub id_type: Option<String>,
    fields: BTreeMap<&'a str, String>,
    hints: Option<&'a TableHints>,
    partitions: Vec<QName>,
    /// The parts of its indexes in partitions, by the index's name.
    parts: BTreeMap<String, Vec<String>>,
    domain_defaults: BTreeSet<&'a str>,
    /// The columns whose domain does not allow null.
    never_null: BTreeSet<&'a str>,
}

impl<'a> Schema<'a> {
    pub fn new(spec: &'a Spec) -> Self {
        let catalog = &spec.catalog;
        let mut relations: BTreeMap<QName, Relation<'a>> = BTreeMap::new();
        let mut taken = NamesTaken::new(&spec.catalog, &spec.project.rust);
        let is_partition = |table: &Table| table.partition_of.is_some();
        for (id, table, object) in catalog
            .of::<Table>()
            .filter(|(_, table, _)| !is_partition(table))
        {
            relations.insert(id.qname(), relation(spec, (id, table, object), &mut taken));
        }
        for (id, constraint, object) in catalog.of::<Constraint>() {
            let relation = id.relation().and_then(|name| relations.get_mut(&name));
            if let Some(relation) = relation {
                relation.constraints.push((&id.name, constraint, object));
            }
        }
        for (id, index, _) in catalog.of::<Index>() {
            let relation = relations.get_mut(&index.table);
            if let Some(relation) = relation {
                relation.indexes.push((&id.name, index));
            }
        }
        for (id, table, _) in catalog.of::<Table>() {
            let root = root_of(catalog, table).and_then(|name| relations.get_mut(name));
            if let Some(relation) = root {
                relation.partitions.push(id.qname());
            }
        }
        for part in partitions::parts(catalog) {
            let table = catalog.get(&Id::new(Kind::Table, &part.table.schema, &part.table.name));
            let root = table
                .and_then(|object| Table::from_body(&object.body))
                .and_then(|table| root_of(catalog, table));
            if let Some(relation) = root.and_then(|name| relations.get_mut(name)) {
                let place = format!("{}.{}", part.table, part.name);
                relation.parts.entry(part.root).or_default().push(place);
            }
        }
        let types = Types::new(catalog, &spec.project.rust);
        let mut schema = Self {
            spec,
            types,
            referrers: referrers(&relations),
            relations,
            widths: Widths::new(),
        };
        schema.name_ids(&mut taken);
        schema.widths = widths(&schema);
        schema
    }

    pub fn relations(&self) -> impl Iterator<Item = &Relation<'a>> {
        self.relations.values()
    }

    pub fn relation(&self, name: &QName) -> Option<&Relation<'a>> {
        self.relations.get(name)
    }

    /// The foreign keys that point at a table.
    pub fn references_to(
        &self,
        name: &QName,
    ) -> impl Iterator<Item = (&Relation<'a>, &'a str, &'a ForeignKey)> {
        let referrers = self.referrers.get(name).into_iter().flatten();
        referrers
            .filter_map(|referrer| self.relation(referrer))
            .flat_map(|relation| {
                relation
                    .foreign_keys()
                    .map(move |(constraint, key)| (relation, constraint, key))
            })
            .filter(move |(_, _, key)| key.references == *name)
    }

    /// The Rust type of a column: that of the id it holds or refers to, or else that of its own type.
    pub fn column_type(&self, relation: &Relation<'a>, column: &Column) -> RustType {
        if let Some(chosen) = relation
            .hints(&column.name)
            .and_then(|hints| hints.rust_type.as_deref())
        {
            let parsed = TypeName::parse(&column.data_type)
                .unwrap_or_else(|_| TypeName::named(None, "text"));
            return Types::chosen(chosen, &parsed);
        }
        let own = self.types.resolve(&column.data_type);
        match self.id_of(relation, &column.name, &mut BTreeSet::new()) {
            Some(name) => RustType {
                imports: [format!("crate::rows::{name}")].into(),
                name,
                ..own
            },
            None => own,
        }
    }

    fn rust_name(&self, data_type: Option<&String>) -> Option<String> {
        let ty = self.types.resolve(data_type?);
        Some(ty.name).filter(|_| ty.wire == Wire::Binary)
    }

    /// The newtype that a column holds: its table's own, or through foreign keys that of another one.
    fn id_of(
        &self,
        relation: &Relation<'a>,
        column: &str,
        seen: &mut BTreeSet<(QName, String)>,
    ) -> Option<String> {
        if !seen.insert((relation.id.qname(), column.to_owned())) {
            return None;
        }
        let own_type = relation
            .table
            .column(column)
            .map(|column| &column.data_type);
        let mut keys: Vec<_> = relation.foreign_keys().collect();
        keys.sort_by_key(|(name, key)| (key.columns.len(), *name));
        let through = keys.into_iter().find_map(|(_, key)| {
            let at = key.columns.iter().position(|own| own == column)?;
            let target = self.relation(&key.references)?;
            let referenced = key.referenced_columns.get(at)?;
            let referenced_type = target
                .table
                .column(referenced)
                .map(|column| &column.data_type);
            let same = referenced_type == own_type
                || self.rust_name(referenced_type) == self.rust_name(own_type);
            if same {
                self.id_of(target, referenced, seen)
            } else {
                None
            }
        });
        through.or_else(|| {
            relation
                .id_type
                .clone()
                .filter(|_| relation.is_only_key(column))
        })
    }

    /// Gives names to the keys of one column; one that is a foreign key has the name of the other table's.
    fn name_ids(&mut self, taken: &mut NamesTaken) {
        for relation in self.relations.values_mut() {
            let Some([column]) = relation.primary_key().map(|key| key.columns.as_slice()) else {
                continue;
            };
            let newtype = relation.table.column(column).is_some_and(|column| {
                let ty = self.types.resolve(&column.data_type);
                ty.traits.hash && !ty.name.contains('<')
            });
            let chosen = relation
                .hints(column)
                .is_some_and(|hints| hints.rust_type.is_some());
            if newtype && !chosen {
                let base = relation
                    .names
                    .row
                    .strip_suffix("Row")
                    .unwrap_or_default()
                    .to_owned();
                relation.id_type = Some(taken.types.give(&format!("{base}Id")));
            }
        }
        let foreign: Vec<QName> = self
            .relations()
            .filter(|relation| self.key_is_foreign(relation))
            .map(|relation| relation.id.qname())
            .collect();
        for name in foreign {
            self.relations
                .entry(name)
                .and_modify(|relation| relation.id_type = None);
        }
    }

    fn key_is_foreign(&self, relation: &Relation<'a>) -> bool {
        let Some([column]) = relation.primary_key().map(|key| key.columns.as_slice()) else {
            return false;
        };
        let found = self.id_of(relation, column, &mut BTreeSet::new());
        found.is_some() && found != relation.id_type
    }
}

impl<'a> Relation<'a> {
    pub fn primary_key(&self) -> Option<&'a Key> {
        self.constraints
            .iter()
            .find_map(|(_, constraint, _)| match &constraint.rule {
                ConstraintRule::PrimaryKey(key) => Some(key),
                _ => None,
            })
    }

    pub fn foreign_keys(&self) -> impl Iterator<Item = (&'a str, &'a ForeignKey)> {
        self.constraints
            .iter()
            .filter_map(|(name, constraint, _)| match &constraint.rule {
                ConstraintRule::ForeignKey(key) => Some((*name, key)),
                _ => None,
            })
    }

    /// The unique constraints and the primary key, with their names and whether they are deferrable.
    pub fn keys(&self) -> impl Iterator<Item = (&'a str, &'a Key, bool)> {
        self.constraints
            .iter()
            .filter_map(|(name, constraint, _)| match &constraint.rule {
                ConstraintRule::PrimaryKey(key) | ConstraintRule::Unique(key) => {
                    Some((*name, key, constraint.deferrable))
                }
                _ => None,
            })
    }

    pub fn hints(&self, column: &str) -> Option<&'a ColumnHints> {
        self.hints?.columns.get(column)
    }

    pub fn role(&self, role: Role) -> Option<&'a Column> {
        let has = |column: &&Column| {
            self.hints(&column.name)
                .is_some_and(|hints| hints.role == Some(role))
        };
        self.table.columns.iter().find(has)
    }

    /// The Rust field of a column.
    pub fn field(&self, column: &str) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }

    /// The schema, unless it is the default one.
    pub fn schema(&self, catalog: &Catalog) -> Option<&'a str> {
        (self.id.schema != catalog.default_schema).then_some(self.id.schema.as_str())
    }

    /// A constraint or unique index of the table and of its partitions, as errors name it.
    pub fn places(&self, name: &str) -> Vec<String> {
        let own = format!("{}.{name}", self.id.qname());
        let same = || {
            self.partitions
                .iter()
                .map(|table| format!("{table}.{name}"))
        };
        let parts = self.parts.get(name).cloned();
        std::iter::once(own)
            .chain(parts.unwrap_or_else(|| same().collect()))
            .collect()
    }

    pub fn is_not_null(&self, column: &str) -> bool {
        let in_key = self
            .primary_key()
            .is_some_and(|key| key.columns.iter().any(|name| name == column));
        in_key
            || self.never_null.contains(column)
            || self
                .table
                .column(column)
                // Rows that were not checked may have null.
                .is_some_and(|column| !column.nullable && !column.not_null.not_valid)
    }

    /// Whether the column's type is a domain with a default.
    pub fn has_domain_default(&self, column: &str) -> bool {
        self.domain_defaults.contains(column)
    }

    fn is_only_key(&self, column: &str) -> bool {
        self.primary_key()
            .is_some_and(|key| key.columns == [column])
    }
}

/// Names given so far.
struct NamesTaken {
    types: Taken,
    modules: Taken,
    functions: Taken,
}

impl NamesTaken {
    fn new(catalog: &Catalog, target: &crate::spec::project::RustTarget) -> Self {
        let mut types = Taken::reserved(super::types::IMPORTED);
        // Types of the catalog have a module of their own, but are imported beside the tables'.
        let types_of_catalog = Types::new(catalog, target);
        let kinds = [Kind::Enum, Kind::Domain, Kind::Composite, Kind::Range];
        for id in catalog.objects.keys().filter(|id| kinds.contains(&id.kind)) {
            types.give(types_of_catalog.name_of(id));
        }
        Self {
            types,
            modules: Taken::reserved(&["mod"]),
            functions: Taken::default(),
        }
    }
}

fn referrers<'a>(
    relations: &BTreeMap<QName, Relation<'a>>,
) -> BTreeMap<&'a QName, BTreeSet<QName>> {
    let mut referrers: BTreeMap<&QName, BTreeSet<QName>> = BTreeMap::new();
    for (name, relation) in relations {
        for (_, key) in relation.foreign_keys() {
            let those = referrers.entry(&key.references).or_default();
            those.insert(name.clone());
        }
    }
    referrers
}

fn relation<'a>(
    spec: &'a Spec,
    (id, table, object): (&'a Id, &'a Table, &'a Object),
    taken: &mut NamesTaken,
) -> Relation<'a> {
    let schema = if id.schema == spec.catalog.default_schema {
        ""
    } else {
        &id.schema
    };
    let full = snake_part(&format!("{schema}_{}", id.name));
    let mut fields = Taken::default();
    Relation {
        id,
        table,
        object,
        names: table_names(&full, taken),
        module: taken.modules.give(&full),
        constraints: Vec::new(),
        indexes: Vec::new(),
        id_type: None,
        fields: table
            .columns
            .iter()
            .map(|column| (column.name.as_str(), fields.give(&snake(&column.name))))
            .collect(),
        hints: spec.hints.get(id),
        partitions: Vec::new(),
        parts: BTreeMap::new(),
        domain_defaults: of_domains(&spec.catalog, table, |domain| domain.default.is_some()),
        never_null: of_domains(&spec.catalog, table, |domain| domain.not_null),
    }
}

fn table_names(full: &str, taken: &mut NamesTaken) -> TableNames {
    let one = singular(full);
    // Whichever of singular and plural leaves all of the names free.
    let free = |base: &str| {
        SUFFIXES
            .iter()
            .all(|(before, after)| !taken.types.has(&format!("{before}{base}{after}")))
    };
    let one = if free(&camel(&one)) {
        one
    } else {
        full.to_owned()
    };
    let base = camel(&one);
    let mut name = |before: &str, after: &str| {
        let base = if before.is_empty() {
            &base
        } else {
            base.trim_start_matches('_')
        };
        taken.types.give(&format!("{before}{base}{after}"))
    };
    TableNames {
        row: name("", "Row"),
        new: name("New", ""),
        patch: name("", "Patch"),
        error: name("", "Error"),
        port: name("", "Port"),
        async_port: name("Async", "Port"),
        repository: name("", "Repository"),
        factory: name("", "Factory"),
        create_factory: taken.functions.give(&format!("create_{one}_factory")),
    }
}

const SUFFIXES: &[(&str, &str)] = &[
    ("", "Row"),
    ("New", ""),
    ("", "Patch"),
    ("", "Error"),
    ("", "Port"),
    ("Async", "Port"),
    ("", "Repository"),
    ("", "Factory"),
    ("", "Id"),
];

/// The columns whose type is a domain of which something holds.
fn of_domains<'a>(
    catalog: &Catalog,
    table: &'a Table,
    holds: fn(&Domain) -> bool,
) -> BTreeSet<&'a str> {
    let columns = table.columns.iter();
    columns
        .filter(|column| Domain::named(&column.data_type, catalog).is_some_and(holds))
        .map(|column| column.name.as_str())
        .collect()
}
