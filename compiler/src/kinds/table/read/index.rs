//! `[indexes]` of a table or materialized view in TOML.

use crate::catalog::{Id, Object, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::table::index::{Index, IndexKey, KeyValue};
use crate::kinds::{Kind, Sql};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, SqlForm, key};
use crate::spec::names;
use crate::spec::reader::Reader;
use crate::spec::value::{Name, Value};
use crate::sql;

/// An index.
pub static INDEX: Keys = Keys {
    title: "index",
    doc: "Under its name in `[indexes]`. A key is a column or SQL as in `CREATE INDEX`: `\"created_at desc\"`, \
          `\"lower(email)\"`, `\"title gin_trgm_ops\"`.",
    keys: &[
        key(
            "columns",
            Form::List(&Form::Either(
                &Form::Sql(SqlForm::Fragment),
                &Form::Object(&INDEX_KEY),
            )),
            "The keys, in order.",
            "[\"workspace_id\", \"created_at desc\"]",
        ),
        key(
            "unique",
            Form::Boolean,
            "No two rows have the same keys.",
            "true",
        ),
        key(
            "nulls_not_distinct",
            Form::Boolean,
            "`NULLS NOT DISTINCT`: two nulls are the same.",
            "true",
        )
        .since(15),
        key(
            "using",
            Form::Name,
            "The access method; `btree` when it is left out.",
            "\"gin\"",
        ),
        key(
            "where",
            Form::EXPRESSION,
            "Only the rows for which it holds.",
            "\"status = 'open'\"",
        ),
        key(
            "include",
            Form::NAMES,
            "`INCLUDE`: columns that the index carries along.",
            "[\"title\"]",
        ),
        key(
            "options",
            Form::SETTINGS,
            "Storage parameters.",
            "{ fillfactor = 70 }",
        ),
        key(
            "tablespace",
            Form::Name,
            "The tablespace, where it is not the database's.",
            "\"fast\"",
        ),
        key(
            "attached_to",
            Form::Text,
            "In a partition: the parent's index that it is the part of.",
            "\"audit_log_row_idx\"",
        ),
        key(
            "statistics",
            Form::Map(&Form::Integer),
            "`SET STATISTICS` by the number of the key, from 1.",
            "{ 1 = 500 }",
        ),
    ],
    shared: &[&common::COMMENT, &common::RENAMED],
    instead: &[
        (
            "keys",
            "write `columns = [\"id\"]`; an expression is a key too",
        ),
        ("method", "write `using = \"gin\"`"),
    ],
};

/// The long form of a key.
pub static INDEX_KEY: Keys = Keys {
    title: "index key",
    doc: "A key in parts, for names that SQL would fold or quote.",
    keys: &[
        key("column", Form::Name, "A column.", "\"title\""),
        key(
            "expression",
            Form::EXPRESSION,
            "Or an expression.",
            "\"lower(title)\"",
        ),
        key(
            "collation",
            Form::QName,
            "The collation, where it is not the column's.",
            "\"C\"",
        ),
        key(
            "operator_class",
            Form::Text,
            "The operator class with its parameters, where it is not the default one.",
            "\"gist_trgm_ops(siglen='32')\"",
        ),
        key("descending", Form::Boolean, "`DESC`.", "true"),
        key(
            "nulls",
            Form::Choice(&["first", "last"]),
            "Where nulls stand, if not as the order has them.",
            "\"last\"",
        ),
    ],
    shared: &[],
    instead: &[],
};

/// The indexes of a relation.
pub fn read<'t>(reader: &mut Reader<'t>, relation: &QName, value: Value<'t>) {
    let columns: Vec<String> = value
        .entries_of("columns")
        .map(|(name, _)| name.to_string())
        .collect();
    let entries: Vec<_> = value.entries_of("indexes").collect();
    for (name, said) in entries {
        index(reader, relation, name, said, &columns);
    }
}

fn index<'t>(
    reader: &mut Reader<'t>,
    relation: &QName,
    name: Name<'t>,
    said: Value<'t>,
    columns: &[String],
) {
    let attached_to = said.text("attached_to");
    if said.get("columns").is_none() && attached_to.is_none() {
        let message = format!("index `{name}` has no `columns`");
        let found = Diagnostic::error("missing-key", name.place(), message);
        reader.report(found.help("add `columns = [\"id\"]`"));
        return;
    }
    let keys = said
        .items_of("columns")
        .filter_map(|item| index_key(reader, item, columns))
        .collect();
    let index = Index {
        table: relation.clone(),
        method: said.text("using").unwrap_or_else(|| "btree".to_owned()),
        unique: said.flag("unique"),
        nulls_not_distinct: said.flag("nulls_not_distinct"),
        keys,
        include: said.texts("include"),
        predicate: said.text("where").map(Sql),
        options: said.settings("options"),
        tablespace: said.text("tablespace"),
        attached_to: attached_to.map(|name| names::resolve(&name, &relation.schema)),
        statistics: statistics(said),
    };
    let id = Id::new(Kind::Index, &relation.schema, name.as_str());
    let mut object = Object::new(index);
    object.comment = said.text("comment");
    reader.declare_named(id, name, said, object);
}

fn statistics(said: Value<'_>) -> std::collections::BTreeMap<u16, i32> {
    said.entries_of("statistics")
        .filter_map(|(number, target)| {
            let target = i32::try_from(target.as_integer()?).ok()?;
            Some((number.as_str().parse().ok()?, target))
        })
        .collect()
}

/// A key in its short or long form. A text that is a column's name means that column, however it is spelled.
fn index_key(reader: &mut Reader<'_>, item: Value<'_>, columns: &[String]) -> Option<IndexKey> {
    let Some(text) = item.as_text() else {
        return long_key(item);
    };
    if columns.iter().any(|column| column == text) {
        return Some(IndexKey::new(KeyValue::Column(text.to_owned())));
    }
    match sql::parse_index_element(text) {
        Ok(element) => Some(IndexKey::from(element)),
        Err(error) => {
            let found =
                Diagnostic::error("sql-syntax", item.place_within(error.range), error.message);
            reader.report(found.help("a key is a column, a function call or an expression in parentheses, then `desc`, `nulls last`, …"));
            None
        }
    }
}

/// A key in its long form.
pub fn long_key(said: Value<'_>) -> Option<IndexKey> {
    let value = match said.text("column") {
        Some(column) => KeyValue::Column(column),
        None => KeyValue::Expression(Sql(said.text("expression")?)),
    };
    let nulls_first = said.text("nulls").map(|word| word == "first");
    Some(IndexKey {
        collation: said.text("collation").map(|name| quoted(&name)),
        operator_class: said.text("operator_class").map(Sql),
        descending: said.flag("descending"),
        nulls_first: nulls_first.filter(|first| *first != said.flag("descending")),
        ..IndexKey::new(value)
    })
}

fn quoted(name: &str) -> String {
    let parts = names::parts(name);
    let parts: Vec<_> = parts.iter().map(|part| sql::quote_ident(part)).collect();
    parts.join(".")
}

impl IndexKey {
    /// A key in the default order.
    pub fn new(value: KeyValue) -> Self {
        Self {
            value,
            collation: None,
            operator_class: None,
            descending: false,
            nulls_first: None,
        }
    }
}

impl From<sql::IndexElement> for IndexKey {
    fn from(element: sql::IndexElement) -> Self {
        let value = match element.column {
            Some(column) => KeyValue::Column(column),
            None => KeyValue::Expression(Sql(element.expression)),
        };
        // What the order implies anyway is not said.
        let nulls_first = element
            .nulls_first
            .filter(|first| *first != element.descending);
        Self {
            collation: element.collation,
            operator_class: element.operator_class.map(Sql),
            descending: element.descending,
            nulls_first,
            ..Self::new(value)
        }
    }
}
