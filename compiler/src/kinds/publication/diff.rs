use std::collections::{BTreeMap, BTreeSet};

use super::{Publication, PublishedTable};
use crate::catalog::{Id, QName};
use crate::kinds::Kind;
use crate::kinds::table::Table;
use crate::plan::{Alteration, Change, Diff, Site, Stage, Use};
use crate::sql::quote_qualified;

impl Diff for Publication {
    fn create(&self, at: &Site) -> Vec<Change> {
        let create = Change::new(at.id, "create").with("new", self);
        vec![create.with("only", with_heirs(at))]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        if self.all_tables != new.all_tables {
            return Alteration::Replace;
        }
        let mut changes = Vec::new();
        if self.options != new.options {
            changes.push(Change::new(at.id, "set_options").with("options", effective(new)));
        }
        let gone: Vec<&String> = self
            .tables
            .iter()
            .filter(|(name, table)| new.tables.get(*name) != Some(*table))
            .map(|(name, _)| name)
            .collect();
        let come: BTreeMap<&String, &PublishedTable> = new
            .tables
            .iter()
            .filter(|(name, table)| self.tables.get(*name) != Some(*table))
            .collect();
        let (schemas_gone, schemas_come): (Vec<_>, Vec<_>) = (
            self.schemas.difference(&new.schemas).collect(),
            new.schemas.difference(&self.schemas).collect(),
        );
        if !gone.is_empty() || !schemas_gone.is_empty() {
            changes.push(
                Change::new(at.id, "drop_tables")
                    .with("tables", gone)
                    .with("schemas", schemas_gone)
                    .with("only", with_heirs(at))
                    .stage(Stage::Releases),
            );
        }
        if !come.is_empty() || !schemas_come.is_empty() {
            changes.push(
                Change::new(at.id, "add_tables")
                    .with("tables", come)
                    .with("schemas", schemas_come)
                    .with("only", with_heirs(at))
                    .stage(Stage::Claims),
            );
        }
        Alteration::Changes(changes)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let mut uses: Vec<Use> = self
            .schemas
            .iter()
            .map(|schema| Use::Object(Id::global(Kind::Schema, schema)))
            .collect();
        for (name, table) in &self.tables {
            uses.push(Use::Text(name, None));
            let Some(relation) = qualified(name) else {
                continue;
            };
            uses.extend(
                table
                    .columns
                    .iter()
                    .map(|column| Use::Relation(relation.clone(), Some(column.as_str()))),
            );
            uses.extend(
                table
                    .predicate
                    .iter()
                    .map(|sql| Use::Text(&sql.0, Some(relation.clone()))),
            );
        }
        uses
    }
}

/// All options, those that are as by default too, so that the ones that were set before are set back.
fn effective(publication: &Publication) -> BTreeMap<String, String> {
    let mut options = BTreeMap::from([
        (
            "publish".to_owned(),
            "insert, update, delete, truncate".to_owned(),
        ),
        ("publish_via_partition_root".to_owned(), "false".to_owned()),
    ]);
    options.extend(publication.options.clone());
    options
}

/// The tables that others inherit from, before or after, as they are written: each of those is published, or not, for itself.
fn with_heirs(at: &Site) -> BTreeSet<String> {
    let tables = at.from.of::<Table>().chain(at.to.of::<Table>());
    let parents = tables.flat_map(|(_, table, _)| &table.inherits);
    let written = |parent: &QName| quote_qualified(Some(&parent.schema), &parent.name);
    parents.map(written).collect()
}

fn qualified(name: &str) -> Option<QName> {
    let (schema, name) = name.split_once('.')?;
    Some(QName::new(schema.trim_matches('"'), name.trim_matches('"')))
}
