//! Suites begun for tables whose triggers no suite names: a row, each event, and assertions that fail until somebody fills them in.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::named::Words;
use super::stage::Script;
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::domain::Domain;
use crate::kinds::enumeration::Enum;
use crate::kinds::function::Function;
use crate::kinds::table::constraint::{Constraint, ConstraintRule, ForeignKey};
use crate::kinds::table::{Column, Table};
use crate::kinds::trigger::Trigger;
use crate::kinds::{Kind, Sql};
use crate::render::File;
use crate::spec::Spec;
use crate::sql::{quote_ident, quote_literal, quote_qualified};
use crate::templates::{TemplateError, Templates};

/// The file that freezes time; included, so it is no suite.
const FROZEN: &str = "pgtap/_frozen_time.sql";

#[derive(Debug, Serialize)]
struct Suite {
    names: String,
    frozen: bool,
    plan: usize,
    parents: Vec<Row>,
    /// None for a view: its rows come from its tables.
    row: Option<Row>,
    relation: QName,
    triggers: Vec<Fires>,
    /// What empties the table comes last.
    emptying: Vec<Emptying>,
}

#[derive(Debug, Serialize)]
struct Row {
    table: QName,
    columns: Vec<String>,
    values: Vec<Sql>,
}

#[derive(Debug, Serialize)]
struct Fires {
    name: String,
    /// On inserting: the row is there already.
    insert: bool,
    /// On updating: the assignment.
    update: Option<Sql>,
    when: Option<Sql>,
    deferred: bool,
}

/// A statement that empties the table, and the triggers that fire on it.
#[derive(Debug, Serialize)]
struct Emptying {
    event: &'static str,
    statement: Sql,
    triggers: Vec<String>,
    deferred: Vec<String>,
}

/// The suites to begin. Where a suite is, it stays.
pub fn scaffolds(
    spec: &Spec,
    suites: &[Script],
    templates: &Templates,
) -> Result<Vec<File>, TemplateError> {
    let catalog = &spec.catalog;
    let words = Words::of(suites);
    let mut relations: BTreeMap<QName, Vec<(&Id, &Trigger)>> = BTreeMap::new();
    for (id, trigger, _) in catalog.of::<Trigger>() {
        if let Some(relation) = id.relation() {
            relations.entry(relation).or_default().push((id, trigger));
        }
    }
    let mut files = Vec::new();
    let mut frozen = false;
    for (relation, triggers) in relations {
        if triggers.iter().any(|(id, _)| words.has(&id.name)) {
            continue;
        }
        let suite = Suite::new(spec, &relation, &triggers);
        frozen |= suite.frozen;
        files.push(File::scaffold(
            path(&relation, catalog),
            templates.render("pgtap/suite.sql", &suite)?,
        ));
    }
    if frozen {
        files.push(File::scaffold(
            FROZEN,
            templates.render("pgtap/frozen_time.sql", ())?,
        ));
    }
    Ok(files)
}

fn path(relation: &QName, catalog: &Catalog) -> String {
    let safe = |name: &str| name.replace(['/', '\\', '\0'], "_");
    if relation.schema == catalog.default_schema {
        format!("pgtap/{}.sql", safe(&relation.name))
    } else {
        format!(
            "pgtap/{}.{}.sql",
            safe(&relation.schema),
            safe(&relation.name)
        )
    }
}

impl Suite {
    fn new(spec: &Spec, relation: &QName, triggers: &[(&Id, &Trigger)]) -> Self {
        let rows = Rows { spec };
        let mut parents = Vec::new();
        rows.parents(relation, &mut vec![relation.clone()], &mut parents);
        let table = quote_qualified(Some(&relation.schema), &relation.name);
        let emptying = [
            (
                "delete",
                format!("delete from {table}"),
                triggers
                    .iter()
                    .filter(|(_, trigger)| trigger.events.delete)
                    .collect::<Vec<_>>(),
            ),
            (
                "truncate",
                format!("truncate {table}"),
                triggers
                    .iter()
                    .filter(|(_, trigger)| trigger.events.truncate)
                    .collect(),
            ),
        ];
        let names = |triggers: &[&(&Id, &Trigger)]| {
            triggers.iter().map(|(id, _)| id.name.clone()).collect()
        };
        let deferred = |triggers: &[&(&Id, &Trigger)]| {
            triggers
                .iter()
                .filter(|(_, trigger)| trigger.initially_deferred)
                .map(|(id, _)| id.name.clone())
                .collect()
        };
        let emptying: Vec<Emptying> = emptying
            .into_iter()
            .filter(|(.., triggers)| !triggers.is_empty())
            .map(|(event, statement, triggers)| Emptying {
                event,
                statement: Sql(statement),
                triggers: names(&triggers),
                deferred: deferred(&triggers),
            })
            .collect();
        let fires: Vec<Fires> = triggers
            .iter()
            .map(|(id, trigger)| fires(&rows, relation, id, trigger))
            .collect();
        let questions = |fires: &Fires| {
            [fires.insert, fires.update.is_some(), fires.when.is_some()]
                .into_iter()
                .filter(|asked| *asked)
                .count()
        };
        Self {
            names: triggers
                .iter()
                .map(|(id, _)| id.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            frozen: triggers
                .iter()
                .any(|(_, trigger)| tells_time(&spec.catalog, trigger)),
            plan: fires.iter().map(questions).sum::<usize>()
                + emptying
                    .iter()
                    .map(|emptying| emptying.triggers.len())
                    .sum::<usize>(),
            row: rows.table(relation).map(|_| rows.row(relation)),
            relation: relation.clone(),
            parents,
            triggers: fires,
            emptying,
        }
    }
}

fn fires(rows: &Rows<'_>, relation: &QName, id: &Id, trigger: &Trigger) -> Fires {
    let events = &trigger.events;
    let column = events
        .update_of
        .first()
        .cloned()
        .or_else(|| rows.changeable(relation))
        .unwrap_or_else(|| "a_column".to_owned());
    let update = || {
        Sql(format!(
            "{} = {}",
            quote_ident(&column),
            rows.other_value(relation, &column)
        ))
    };
    Fires {
        name: id.name.clone(),
        insert: events.insert,
        update: events.update.then(update),
        when: trigger.when.clone(),
        deferred: trigger.initially_deferred,
    }
}

/// Whether what it runs asks for the time.
fn tells_time(catalog: &Catalog, trigger: &Trigger) -> bool {
    let ours = |id: &&Id| {
        id.schema == trigger.function.schema
            && id.name.split('(').next() == Some(trigger.function.name.as_str())
    };
    let texts = catalog
        .of::<Function>()
        .filter(|(id, ..)| ours(id))
        .map(|(_, function, _)| format!("{:?}", function.body).to_lowercase());
    texts.into_iter().any(|text| {
        ["now()", "clock_timestamp", "current_timestamp"]
            .iter()
            .any(|word| text.contains(word))
    })
}

/// Values for rows, from the spec's examples, types and foreign keys.
struct Rows<'a> {
    spec: &'a Spec,
}

impl Rows<'_> {
    fn table(&self, name: &QName) -> Option<&Table> {
        Table::find(&self.spec.catalog, name)
    }

    fn foreign_keys(&self, name: &QName) -> Vec<&ForeignKey> {
        let constraints = self.spec.catalog.parts_of::<Constraint>(name);
        constraints
            .filter_map(|(_, constraint, _)| match &constraint.rule {
                ConstraintRule::ForeignKey(key) => Some(key),
                _ => None,
            })
            .collect()
    }

    /// The columns that a new row needs.
    fn needed(&self, name: &QName) -> Vec<&Column> {
        let columns = self
            .table(name)
            .map(|table| table.columns.as_slice())
            .unwrap_or_default();
        let hints = self
            .spec
            .hints
            .get(&Id::new(Kind::Table, &name.schema, &name.name));
        let example = |column: &&Column| {
            hints
                .and_then(|hints| hints.columns.get(&column.name))
                .is_some_and(|hints| hints.example.is_some())
        };
        let made = |column: &&Column| column.generated.is_some() || column.identity.is_some();
        let free = |column: &&Column| {
            column.nullable || column.default.is_some() || self.has_default(&column.data_type)
        };
        columns
            .iter()
            .filter(|column| !made(column) && (example(column) || !free(column)))
            .collect()
    }

    fn has_default(&self, data_type: &str) -> bool {
        self.domain(data_type)
            .is_some_and(|domain| domain.default.is_some())
    }

    /// The rows that this table's rows refer to, the outermost first, each table once.
    fn parents(&self, name: &QName, seen: &mut Vec<QName>, rows: &mut Vec<Row>) {
        let needed: Vec<String> = self
            .needed(name)
            .into_iter()
            .map(|column| column.name.clone())
            .collect();
        for key in self.foreign_keys(name) {
            if key.columns.iter().any(|column| needed.contains(column))
                && !seen.contains(&key.references)
            {
                seen.push(key.references.clone());
                self.parents(&key.references, seen, rows);
                rows.push(self.row(&key.references));
            }
        }
    }

    fn row(&self, name: &QName) -> Row {
        let columns: Vec<String> = self
            .needed(name)
            .into_iter()
            .map(|column| column.name.clone())
            .collect();
        let values = columns
            .iter()
            .map(|column| Sql(self.value(name, column)))
            .collect();
        Row {
            table: name.clone(),
            columns,
            values,
        }
    }

    /// A column whose change says least about other tables.
    fn changeable(&self, name: &QName) -> Option<String> {
        let keys: BTreeSet<&String> = self
            .foreign_keys(name)
            .into_iter()
            .flat_map(|key| &key.columns)
            .collect();
        let table = self.table(name)?;
        let free = |column: &&Column| {
            column.generated.is_none() && column.identity.is_none() && !keys.contains(&column.name)
        };
        let text =
            |column: &&Column| column.data_type.contains("char") || column.data_type == "text";
        let mut columns = table.columns.iter().filter(free);
        columns
            .clone()
            .find(text)
            .or_else(|| columns.next())
            .map(|column| column.name.clone())
    }

    fn value(&self, name: &QName, column: &str) -> String {
        let key = self
            .foreign_keys(name)
            .into_iter()
            .find(|key| key.columns.iter().any(|own| own == column));
        if let Some((key, at)) =
            key.and_then(|key| Some((key, key.columns.iter().position(|own| own == column)?)))
        {
            let parent = quote_qualified(Some(&key.references.schema), &key.references.name);
            return format!(
                "(select {} from {parent} limit 1)",
                quote_ident(&key.referenced_columns[at])
            );
        }
        let hints = self
            .spec
            .hints
            .get(&Id::new(Kind::Table, &name.schema, &name.name));
        let example = hints.and_then(|hints| hints.columns.get(column)?.example.clone());
        let data_type = self
            .table(name)
            .and_then(|table| table.columns.iter().find(|own| own.name == column))
            .map(|column| column.data_type.as_str());
        match example {
            Some(example) => quote_literal(&example),
            None => self.sample(column, data_type.unwrap_or("text")),
        }
    }

    /// Another value than a new row's.
    fn other_value(&self, name: &QName, column: &str) -> String {
        let data_type = self
            .table(name)
            .and_then(|table| table.columns.iter().find(|own| own.name == column));
        let data_type = data_type
            .map(|column| column.data_type.clone())
            .unwrap_or_default();
        let labels = self
            .spec
            .catalog
            .of::<Enum>()
            .find(|(id, ..)| id.name == data_type);
        if let Some(label) = labels.and_then(|(_, labels, _)| labels.labels.last()) {
            return quote_literal(label);
        }
        match self.sample("another", &data_type).as_str() {
            "1" => "2".to_owned(),
            "false" => "true".to_owned(),
            other => other.to_owned(),
        }
    }

    fn domain(&self, data_type: &str) -> Option<&Domain> {
        self.spec
            .catalog
            .of::<Domain>()
            .find(|(id, ..)| id.name == data_type)
            .map(|(_, domain, _)| domain)
    }

    fn sample(&self, column: &str, data_type: &str) -> String {
        if let Some(domain) = self.domain(data_type) {
            return self.sample(column, &domain.data_type);
        }
        if let Some((_, labels, _)) = self
            .spec
            .catalog
            .of::<Enum>()
            .find(|(id, ..)| id.name == data_type)
        {
            return labels
                .labels
                .first()
                .map_or_else(|| "null".to_owned(), |label| quote_literal(label));
        }
        let base = data_type.split(['(', ' ']).next().unwrap_or(data_type);
        match base {
            _ if data_type.ends_with("[]") => "'{}'".to_owned(),
            "smallint" | "integer" | "bigint" | "numeric" | "real" | "double" => "1".to_owned(),
            "boolean" => "false".to_owned(),
            "uuid" => "gen_random_uuid()".to_owned(),
            "date" | "timestamp" => "'2020-01-01'".to_owned(),
            "time" => "'12:00'".to_owned(),
            "interval" => "'1 hour'".to_owned(),
            "json" | "jsonb" => "'{}'".to_owned(),
            "inet" | "cidr" => "'192.0.2.1'".to_owned(),
            "bytea" | "tsvector" => "''".to_owned(),
            _ if base.ends_with("range") => "'empty'".to_owned(),
            _ => quote_literal(column),
        }
    }
}
