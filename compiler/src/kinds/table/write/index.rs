//! An index of `[indexes]`, and keys of indexes.

use crate::catalog::Object;
use crate::kinds::table::index::{Index, IndexKey, KeyValue};
use crate::spec::names;
use crate::spec::write::{Node, Table, attributes, options, plain_name};
use crate::sql::{parse_index_element, quote_ident};

/// What is said of an index. `columns` are those that the file lists.
pub fn write(object: &Object, index: &Index, columns: &[&str]) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.list(
        "columns",
        index
            .keys
            .iter()
            .map(|key| short_key(key, columns))
            .collect(),
    );
    table.flag("unique", index.unique);
    table.flag("nulls_not_distinct", index.nulls_not_distinct);
    table.some("using", (index.method != "btree").then_some(&index.method));
    table.some("where", index.predicate.as_ref().map(|sql| &sql.0));
    table.texts("include", &index.include);
    table.table("options", options(&index.options));
    table.some("tablespace", index.tablespace.as_ref());
    let parent = index.attached_to.as_ref();
    let parent = parent.map(|name| names::write(name, &index.table.schema));
    table.some("attached_to", parent.as_ref());
    let mut statistics = Table::default();
    for (number, target) in &index.statistics {
        statistics.set(&number.to_string(), *target);
    }
    table.table("statistics", statistics);
    table
}

/// A key as SQL where the reader makes the same of it, else in parts.
fn short_key(key: &IndexKey, columns: &[&str]) -> Node {
    if let KeyValue::Column(name) = &key.value
        && *key == IndexKey::new(key.value.clone())
        && columns.contains(&name.as_str())
    {
        return Node::from(name);
    }
    let same = |text: &String| {
        !columns.contains(&text.as_str())
            && parse_index_element(text).is_ok_and(|element| IndexKey::from(element) == *key)
    };
    texts(key)
        .into_iter()
        .find(same)
        .map_or_else(|| Node::from(long_key(key)), Node::from)
}

/// The ways to write a key as SQL.
fn texts(key: &IndexKey) -> Vec<String> {
    let bases = match &key.value {
        KeyValue::Column(name) => vec![quote_ident(name).into_owned()],
        KeyValue::Expression(sql) => vec![sql.0.clone(), format!("({})", sql.0)],
    };
    let suffixes = [
        key.collation
            .as_ref()
            .map(|name| format!(" collate {name}")),
        key.operator_class
            .as_ref()
            .map(|class| format!(" {}", class.0)),
        key.descending.then(|| " desc".to_owned()),
        key.nulls_first
            .map(|first| if first { " nulls first" } else { " nulls last" }.to_owned()),
    ];
    let suffix: String = suffixes.into_iter().flatten().collect();
    bases.into_iter().map(|base| base + &suffix).collect()
}

/// A key in parts.
pub(super) fn long_key(key: &IndexKey) -> Table {
    let mut table = Table::default();
    match &key.value {
        KeyValue::Column(name) => table.set("column", name),
        KeyValue::Expression(sql) => table.set("expression", &sql.0),
    }
    table.some(
        "collation",
        key.collation.as_ref().map(|sql| plain_name(sql)),
    );
    table.some(
        "operator_class",
        key.operator_class.as_ref().map(|sql| &sql.0),
    );
    table.flag("descending", key.descending);
    table.some(
        "nulls",
        key.nulls_first
            .map(|first| if first { "first" } else { "last" }),
    );
    table
}
