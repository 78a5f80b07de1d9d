//! `[partitions]` of a table in TOML.

use crate::catalog::Id;
use crate::kinds::table::{PartitionBy, PartitionOf};
use crate::kinds::{Kind, Sql};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, SqlForm, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// A partition.
pub static PARTITION: Keys = Keys {
    title: "partition",
    doc: "Under its name in the `[partitions]` of its parent. It has the parent's columns, keys and indexes, with the \
          names that PostgreSQL would choose; what differs is said here, with the keys of a table. A partition can be \
          partitioned itself.",
    keys: &[
        required(
            "values",
            Form::Sql(SqlForm::Fragment),
            "The rows it takes: `from (…) to (…)`, `in (…)`, `with (modulus 4, remainder 0)` or `default`.",
            "\"from ('2026-01-01') to ('2027-01-01')\"",
        ),
        key(
            "validated_checks",
            Form::NAMES,
            "Checks of its parents that are `not_valid` there and hold for the rows here.",
            "[\"amount_is_positive\"]",
        ),
        super::FOREIGN_TABLE,
    ],
    shared: &[&super::RELATION, &common::RENAMED],
    instead: &[
        ("for_values", "write `values = \"in (1, 2)\"`"),
        ("bound", "write `values = \"in (1, 2)\"`"),
    ],
};

/// The partitions of a table.
pub fn read<'t>(reader: &mut Reader<'t>, parent: &Id, value: Value<'t>) {
    let entries: Vec<_> = value.entries_of("partitions").collect();
    for (name, said) in entries {
        let qualified = reader.resolve_near(name.as_str(), &parent.schema);
        let id = Id::new(Kind::Table, &qualified.schema, &qualified.name);
        let bound = said
            .text("values")
            .map(|values| bound(&values))
            .unwrap_or_default();
        let partition_of = PartitionOf {
            parent: parent.qname(),
            bound,
        };
        reader.renamed(&id, None, said);
        super::relation(reader, &id, name.place(), said, Some(partition_of));
    }
}

const WORDS: [&str; 8] = [
    "from", "to", "in", "with", "minvalue", "maxvalue", "null", "default",
];

/// As `pg_get_expr` prints it: with `FOR VALUES`, unless it is `DEFAULT`; the words in upper case.
fn bound(values: &str) -> Sql {
    let text: String = crate::sql::tokens::tokens(values.trim())
        .map(|token| {
            if WORDS.iter().any(|word| token.is_word(word)) {
                token.text.to_uppercase()
            } else {
                token.text.to_owned()
            }
        })
        .collect();
    match text.as_str() {
        "DEFAULT" => Sql(text),
        _ => Sql(format!("FOR VALUES {text}")),
    }
}

/// A bound as people write it: the words in lower case.
pub fn lower(bound: &str) -> String {
    let words = crate::sql::tokens::tokens(bound).map(|token| {
        if WORDS.iter().any(|word| token.is_word(word)) {
            token.text.to_lowercase()
        } else {
            token.text.to_owned()
        }
    });
    words.collect()
}

/// `range (created_at, lower(name))`.
pub fn parse_by(text: &str) -> Option<PartitionBy> {
    let (word, rest) = text.trim().split_once('(')?;
    let keys = rest.trim_end().strip_suffix(')')?;
    let strategy = word.trim().to_lowercase();
    if !["range", "list", "hash"].contains(&strategy.as_str()) {
        return None;
    }
    let keys: Vec<Sql> = crate::sql::split_list(keys)
        .into_iter()
        .map(Sql::from)
        .collect();
    (!keys.is_empty()).then_some(PartitionBy { strategy, keys })
}
