//! The rows that a table's factory makes, said in SQL: for suites that are begun.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::factory::{factory, required_keys};
use super::samples;
use super::schema::{Relation, Schema};
use super::type_files::variants;
use super::types::{RustType, Shape};
use crate::catalog::{Id, QName};
use crate::kinds::Model;
use crate::kinds::domain::Domain;
use crate::kinds::enumeration::Enum;
use crate::kinds::table::Column;
use crate::render::rust::context::Make;
use crate::spec::Spec;
use crate::sql::{TypeName, quote_ident, quote_literal, quote_qualified};

/// The factories' rows of a spec's tables.
pub struct SqlRows<'s> {
    schema: Schema<'s>,
    /// Those that have been asked for: a parent's row is part of many suites.
    rows: BTreeMap<QName, OnceLock<Vec<(String, String)>>>,
}

impl<'s> SqlRows<'s> {
    /// The tables of a spec.
    pub fn new(spec: &'s Spec) -> Self {
        let schema = Schema::new(spec);
        let names = schema.relations().map(|relation| relation.id.qname());
        Self {
            rows: names.map(|name| (name, OnceLock::new())).collect(),
            schema,
        }
    }

    /// Whether it is a table.
    pub fn has(&self, table: &QName) -> bool {
        self.schema.relation(table).is_some()
    }

    /// The columns and values of the first row of a table's factory. A parent's key is asked of the parent; what nothing can
    /// make is null.
    pub fn row(&self, table: &QName) -> &[(String, String)] {
        match (self.rows.get(table), self.schema.relation(table)) {
            (Some(row), Some(relation)) => row.get_or_init(|| self.make_row(relation)),
            _ => &[],
        }
    }

    fn make_row(&self, relation: &Relation<'_>) -> Vec<(String, String)> {
        let values = factory(&self.schema, relation).values.into_iter();
        let value = |column: &str, make: Option<&Make>| {
            let own = relation.table.column(column)?;
            let made = make.map(|make| self.literal(own, make, 1));
            Some(made.unwrap_or_else(|| "null".to_owned()))
        };
        values
            .filter_map(|of| {
                let value = match of.kind {
                    "value" => value(&of.column, of.make.as_ref()),
                    "link" | "argument" => {
                        link(relation, &of.column).or_else(|| value(&of.column, None))
                    }
                    _ => None,
                };
                Some((of.column, value?))
            })
            .collect()
    }

    /// The tables that its rows refer to, the outermost first, each once.
    pub fn parents(&self, table: &QName) -> Vec<QName> {
        let mut found = Vec::new();
        self.add_parents(table, &mut vec![table.clone()], &mut found);
        found
    }

    fn add_parents(&self, table: &QName, seen: &mut Vec<QName>, found: &mut Vec<QName>) {
        let Some(relation) = self.schema.relation(table) else {
            return;
        };
        for key in required_keys(relation) {
            if self.has(&key.references) && !seen.contains(&key.references) {
                seen.push(key.references.clone());
                self.add_parents(&key.references, seen, found);
                found.push(key.references.clone());
            }
        }
    }

    /// Another value than the first row's.
    pub fn other_value(&self, table: &QName, column: &str) -> Option<String> {
        let relation = self.schema.relation(table)?;
        let own = relation.table.column(column)?;
        let make = samples::make(&self.schema, relation, own, true)?;
        if make.call == "path" {
            let labels = self.labels(&self.schema.types.resolve(&own.data_type))?;
            return labels.last().map(|label| quote_literal(label));
        }
        Some(self.literal(own, &make, 2))
    }

    /// The columns that can be changed and say least about other tables, texts first.
    pub fn changeable(&self, table: &QName) -> Vec<String> {
        let Some(relation) = self.schema.relation(table) else {
            return Vec::new();
        };
        let linked = |name: &String| {
            relation
                .foreign_keys()
                .any(|(_, key)| key.columns.contains(name))
        };
        let is_text =
            |column: &Column| column.data_type.contains("char") || column.data_type == "text";
        let free = |column: &&Column| {
            column.generated.is_none() && column.identity.is_none() && !linked(&column.name)
        };
        let mut columns: Vec<&Column> = relation.table.columns.iter().filter(free).collect();
        columns.sort_by_key(|column| !is_text(column));
        columns
            .into_iter()
            .map(|column| column.name.clone())
            .collect()
    }

    /// As the runtime's `Sample` makes it for row `n` of seed 0.
    fn literal(&self, column: &Column, make: &Make, n: i64) -> String {
        let number = |at: usize| make.numbers.get(at).copied().unwrap_or_default();
        match make.call {
            "path" => self.label(column, &make.text),
            "label" => self.label(column, turn(&make.items, n)),
            "one_of" => quote_literal(turn(&make.items, n)),
            "vec" => "'{}'".to_owned(),
            "literal" | "parse" => quote_literal(&make.text),
            "pattern" => quote_literal(
                &make
                    .text
                    .replace("{n}", &n.to_string())
                    .replace("{hex}", &format!("{n:06x}")),
            ),
            "integer" => number(0).saturating_add(n - 1).min(number(1)).to_string(),
            "numeric" => if number(0) == 0 { 0 } else { n }.to_string(),
            "text" => quote_literal(&text(&make.text, number(0), number(1), n)),
            _ => self.plain(&column.data_type, &column.name, n),
        }
    }

    /// The label behind `TaskStatus::Open`.
    fn label(&self, column: &Column, path: &str) -> String {
        let variant = path.rsplit("::").next().unwrap_or_default();
        self.named(&self.schema.types.resolve(&column.data_type), variant)
            .map_or_else(|| "null".to_owned(), |label| quote_literal(&label))
    }

    fn named(&self, ty: &RustType, name: &str) -> Option<String> {
        let all = variants(self.enumeration(ty)?);
        all.into_iter()
            .find(|variant| variant.name == name)
            .map(|variant| variant.label)
    }

    fn labels(&self, ty: &RustType) -> Option<&'s [String]> {
        Some(&self.enumeration(ty)?.labels)
    }

    fn enumeration(&self, ty: &RustType) -> Option<&'s Enum> {
        let body = |id: &Id| Some(&self.schema.spec.catalog.get(id)?.body);
        match &ty.shape {
            Shape::Enum(id) => Enum::from_body(body(id)?),
            Shape::Domain(id) => {
                let domain = Domain::from_body(body(id)?)?;
                self.enumeration(&self.schema.types.resolve(&domain.data_type))
            }
            _ => None,
        }
    }

    /// Of a type that no check or example says more about.
    fn plain(&self, data_type: &str, column: &str, n: i64) -> String {
        if let Shape::Domain(id) = &self.schema.types.resolve(data_type).shape {
            let domain = self
                .schema
                .spec
                .catalog
                .get(id)
                .and_then(|object| Domain::from_body(&object.body));
            if let Some(domain) = domain {
                return self.plain(&domain.data_type, column, n);
            }
        }
        let name = TypeName::parse(data_type).map_or_else(|_| data_type.to_owned(), |ty| ty.name);
        match name.as_str() {
            "int2" | "int4" | "int8" | "numeric" | "float4" | "float8" | "money" | "oid" => {
                n.to_string()
            }
            "bool" => (n % 2 == 0).to_string(),
            "uuid" => format!("'00000000-0000-0000-0000-{n:012}'"),
            "date" => format!("date '2020-01-{n:02}'"),
            "timestamp" | "timestamptz" => format!("{name} '2020-01-{n:02} 00:00:00+00'"),
            "time" | "timetz" => format!("'{n:02}:00'"),
            "interval" => format!("interval '{n} hours'"),
            "json" | "jsonb" => format!("'{{\"n\": {n}}}'"),
            "inet" | "cidr" => format!("'192.0.2.{n}'"),
            "bytea" => format!("'\\x{n:02}'"),
            "tsvector" | "hstore" | "ltree" => format!("'n{n}'"),
            _ if name.ends_with("range") => "'empty'".to_owned(),
            _ => quote_literal(&format!("{column} {n}")),
        }
    }
}

/// Rows take the items in turns.
fn turn(items: &[String], n: i64) -> &str {
    let mut turns = items.iter().cycle();
    let place = usize::try_from(n - 1).unwrap_or(0);
    turns.nth(place).map(String::as_str).unwrap_or_default()
}

/// A column of a foreign key: what its parent has.
fn link(relation: &Relation<'_>, column: &str) -> Option<String> {
    let (key, at) = required_keys(relation)
        .find_map(|key| Some((key, key.columns.iter().position(|own| own == column)?)))?;
    let parent = quote_qualified(Some(&key.references.schema), &key.references.name);
    let referenced = quote_ident(key.referenced_columns.get(at)?);
    Some(format!("(select {referenced} from {parent} limit 1)"))
}

/// A text of `least` to `most` characters with the row's number in it.
fn text(column: &str, least: i64, most: i64, n: i64) -> String {
    let room = usize::try_from(most).unwrap_or(usize::MAX);
    let number = n.to_string();
    let word: String = column
        .chars()
        .take(room.saturating_sub(number.len() + 1))
        .collect();
    let text = if word.is_empty() {
        number
    } else {
        format!("{word} {number}")
    };
    let least = usize::try_from(least).unwrap_or(0);
    format!("{text:x<least$}")
}
