//! Suites begun for tables whose triggers no suite names: a row, each event, and assertions that fail until somebody fills them in.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::named::{Words, has_word};
use super::stage::Script;
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::Sql;
use crate::kinds::function::{Function, RoutineBody};
use crate::kinds::table::Table;
use crate::kinds::trigger::Trigger;
use crate::kinds::view::View;
use crate::render::File;
use crate::render::rust::SqlRows;
use crate::spec::Spec;
use crate::sql::{quote_ident, quote_qualified};
use crate::templates::{TemplateError, Templates};

/// The file that freezes time; included, so it is no suite.
const FROZEN: &str = "pgtap/_frozen_time.sql";

#[derive(Debug, Serialize)]
struct Suite {
    names: String,
    frozen: bool,
    plan: usize,
    parents: Vec<Row>,
    /// None for a view: its rows come from its tables, which are among the parents.
    row: Option<Row>,
    /// The row that is inserted through a view.
    through: Option<Row>,
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
    /// The update as a text, where its function raises an exception, at least sometimes.
    refused: Option<String>,
}

/// A statement that empties the table, and the triggers that fire on it.
#[derive(Debug, Serialize)]
struct Emptying {
    event: &'static str,
    statement: Sql,
    triggers: Vec<String>,
    deferred: Vec<String>,
    /// The statement as a text, where what fires on it raises an exception, at least sometimes.
    refused: Option<String>,
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
    relations.retain(|_, triggers| !triggers.iter().any(|(id, _)| words.has(&id.name)));
    if relations.is_empty() {
        return Ok(Vec::new());
    }
    let rows = SqlRows::new(spec);
    let begun = relations.par_iter().map(|(relation, triggers)| {
        let suite = Suite::new(spec, &rows, relation, triggers);
        let text = templates.render("pgtap/suite.sql", &suite)?;
        let file = File::scaffold(path(relation, catalog), text);
        Ok((file, suite.frozen))
    });
    let (mut files, frozen): (Vec<_>, Vec<_>) = begun
        .collect::<Result<Vec<_>, TemplateError>>()?
        .into_iter()
        .unzip();
    if frozen.contains(&true) {
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
    fn new(
        spec: &Spec,
        rows: &SqlRows<'_>,
        relation: &QName,
        triggers: &[(&Id, &Trigger)],
    ) -> Self {
        let bases = bases(spec, rows, relation);
        let mut parents: Vec<QName> = Vec::new();
        for base in bases.iter().map(|(base, _)| base) {
            let own = (base != relation).then(|| base.clone());
            let needed = rows.parents(base).into_iter().chain(own);
            needed.for_each(|table| {
                if !parents.contains(&table) {
                    parents.push(table);
                }
            });
        }
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
                .collect::<Vec<_>>()
        };
        let emptying: Vec<Emptying> = emptying
            .into_iter()
            .filter(|(.., triggers)| !triggers.is_empty())
            .map(|(event, statement, triggers)| {
                let deferred = deferred(&triggers);
                let refuses = triggers
                    .iter()
                    .any(|(_, trigger)| refuses(&spec.catalog, trigger));
                Emptying {
                    event,
                    refused: refuses.then(|| at_once(&statement, &deferred)),
                    statement: Sql(statement),
                    triggers: names(&triggers),
                    deferred,
                }
            })
            .collect();
        let fires: Vec<Fires> = triggers
            .iter()
            .map(|(id, trigger)| {
                let mut fires = fires(rows, &bases, id, trigger);
                if refuses(&spec.catalog, trigger) {
                    fires.refuse(&table);
                }
                fires
            })
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
            row: rows
                .has(relation)
                .then(|| Row::new(relation, rows.row(relation))),
            through: (!rows.has(relation) && fires.iter().any(|fires| fires.insert))
                .then(|| through(rows, relation, &bases)),
            relation: relation.clone(),
            parents: parents
                .into_iter()
                .map(|table| Row::new(&table, rows.row(&table)))
                .collect(),
            triggers: fires,
            emptying,
        }
    }
}

impl Row {
    fn new<'r>(table: &QName, row: impl IntoIterator<Item = &'r (String, String)>) -> Self {
        let cells = row.into_iter().cloned();
        let (columns, values) = cells.map(|(column, value)| (column, Sql(value))).unzip();
        Self {
            table: table.clone(),
            columns,
            values,
        }
    }
}

/// The tables whose rows the relation has, each with the columns that can be named through it: the table itself, or
/// those that a view's query mentions.
fn bases(spec: &Spec, rows: &SqlRows<'_>, relation: &QName) -> Vec<(QName, Vec<String>)> {
    if rows.has(relation) {
        return vec![(relation.clone(), rows.changeable(relation))];
    }
    let view = spec
        .catalog
        .of::<View>()
        .find(|(id, ..)| id.relation().as_ref() == Some(relation) || id.qname() == *relation);
    let Some((_, view, _)) = view else {
        return Vec::new();
    };
    let list = select_list(&view.query.0);
    let shows = |column: &String| list.contains('*') || has_word(list, column);
    let tables = spec.catalog.of::<Table>().map(|(id, ..)| id.qname());
    tables
        .filter(|table| has_word(&view.query.0, &table.name))
        .map(|table| {
            let mut columns = rows.changeable(&table);
            columns.retain(shows);
            (table, columns)
        })
        .collect()
}

/// What stands between `select` and `from`, as far as it can be told without a server.
fn select_list(query: &str) -> &str {
    let end = query
        .to_ascii_lowercase()
        .find("from")
        .unwrap_or(query.len());
    query.get(..end).unwrap_or(query)
}

/// The row of its first table, as far as the view shows it.
fn through(rows: &SqlRows<'_>, view: &QName, bases: &[(QName, Vec<String>)]) -> Row {
    let row = bases.first().into_iter().flat_map(|(table, columns)| {
        let row = rows.row(table).iter();
        row.filter(|(column, _)| columns.contains(column))
    });
    Row::new(view, row)
}

fn fires(rows: &SqlRows<'_>, bases: &[(QName, Vec<String>)], id: &Id, trigger: &Trigger) -> Fires {
    let events = &trigger.events;
    let all = || {
        bases
            .iter()
            .flat_map(|(table, columns)| columns.iter().map(move |column| (table, column)))
    };
    let wanted = events.update_of.first();
    let found = match wanted {
        Some(column) => bases.first().map(|(table, _)| (table, column)),
        None => all().find(|(table, column)| rows.other_value(table, column).is_some()),
    };
    let update = || {
        let (column, value) = match found {
            Some((table, column)) => (column.as_str(), rows.other_value(table, column)),
            None => ("a_column", None),
        };
        let value = value.unwrap_or_else(|| quote_ident(column).into_owned());
        Sql(format!("{} = {value}", quote_ident(column)))
    };
    Fires {
        name: id.name.clone(),
        insert: events.insert,
        update: events.update.then(update),
        when: trigger.when.clone(),
        deferred: trigger.initially_deferred,
        refused: None,
    }
}

impl Fires {
    /// Its update is expected to fail.
    fn refuse(&mut self, table: &str) {
        let deferred: &[String] = if self.deferred {
            std::slice::from_ref(&self.name)
        } else {
            &[]
        };
        self.refused = self
            .update
            .as_ref()
            .map(|update| at_once(&format!("update {table} set {}", update.0), deferred));
    }
}

/// A statement and what its deferred triggers do after it.
fn at_once(statement: &str, deferred: &[String]) -> String {
    let names: Vec<_> = deferred.iter().map(|name| quote_ident(name)).collect();
    if names.is_empty() {
        statement.to_owned()
    } else {
        format!(
            "{statement}; set constraints {} immediate",
            names.join(", ")
        )
    }
}

/// Whether what it runs asks for the time.
fn tells_time(catalog: &Catalog, trigger: &Trigger) -> bool {
    let words = ["now()", "clock_timestamp", "current_timestamp"];
    body_of(catalog, trigger).is_some_and(|body| words.iter().any(|word| body.contains(word)))
}

/// Whether what it runs raises exceptions.
fn refuses(catalog: &Catalog, trigger: &Trigger) -> bool {
    const LEVELS: [&str; 5] = ["notice", "warning", "info", "log", "debug"];
    let raises = |body: String| {
        let mut words = body.split_whitespace().skip_while(|word| *word != "raise");
        std::iter::from_fn(move || {
            words.by_ref().find(|word| *word == "raise")?;
            words.next().map(|level| !LEVELS.contains(&level))
        })
        .any(|raises| raises)
    };
    body_of(catalog, trigger).is_some_and(raises)
}

/// The body of a trigger's function, in lower case.
fn body_of(catalog: &Catalog, trigger: &Trigger) -> Option<String> {
    let ours = |id: &Id| {
        id.schema == trigger.function.schema
            && id.name.split('(').next() == Some(trigger.function.name.as_str())
    };
    let (_, function, _) = catalog.of::<Function>().find(|(id, ..)| ours(id))?;
    match &function.body {
        RoutineBody::Source(text) => Some(text.to_lowercase()),
        _ => None,
    }
}
