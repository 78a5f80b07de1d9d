//! The names PostgreSQL gives to what is left unnamed: constraints, indexes, sequences.
//!
//! What a user reads in `\d` is what these functions return, so a name left out of the spec is still known.

use super::ident::{MAX_NAME_BYTES, clip};

/// Joins up to three parts with `_`, cutting the longer of the first two until all fits in 63 bytes.
///
/// `makeObjectName` of `src/backend/commands/indexcmds.c`. The label is never cut.
pub fn make_object_name(name1: &str, name2: Option<&str>, label: Option<&str>) -> String {
    let overhead = name2.map_or(0, |_| 1) + label.map_or(0, |label| label.len() + 1);
    let room = MAX_NAME_BYTES.saturating_sub(overhead);
    let (len1, len2) = shares(name1.len(), name2.map_or(0, str::len), room);
    let mut name = clip(name1, len1).to_owned();
    for part in [name2.map(|name2| clip(name2, len2)), label]
        .into_iter()
        .flatten()
    {
        name.push('_');
        name.push_str(part);
    }
    name
}

/// How many bytes each of two names keeps: one byte at a time is taken from the longer, from the second when equal.
fn shares(mut len1: usize, mut len2: usize, room: usize) -> (usize, usize) {
    while len1 + len2 > room {
        if len1 > len2 {
            len1 -= 1;
        } else {
            len2 -= 1;
        }
    }
    (len1, len2)
}

/// The first free name of `label`, `label1`, `label2`, …
///
/// `ChooseRelationName` (`indexcmds.c`) and `ChooseConstraintName` (`src/backend/catalog/pg_constraint.c`), which
/// differ in what counts as taken: for an index or sequence that backs no constraint, the relations of the schema; for
/// a constraint with an index, those and the schema's constraints; for other constraints, the schema's constraints and
/// the new ones of the same statement.
pub fn choose_name(
    name1: &str,
    name2: Option<&str>,
    label: &str,
    taken: impl Fn(&str) -> bool,
) -> String {
    let mut name = make_object_name(name1, name2, Some(label));
    let mut pass = 0_u32;
    while taken(&name) {
        pass += 1;
        name = make_object_name(name1, name2, Some(&format!("{label}{pass}")));
    }
    name
}

/// What an index is made for; decides the last part of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexPurpose {
    /// `_pkey`, without the columns.
    PrimaryKey,
    /// `_key`.
    Unique,
    /// `_excl`.
    Exclusion,
    /// `_idx`.
    Plain,
}

/// The name of an unnamed index or of the constraint it backs; `ChooseIndexName` of `indexcmds.c`.
///
/// `columns` are those of [`index_column_names`], included columns at the end.
pub fn choose_index_name(
    table: &str,
    columns: &[String],
    purpose: IndexPurpose,
    taken: impl Fn(&str) -> bool,
) -> String {
    let label = match purpose {
        IndexPurpose::PrimaryKey => return choose_name(table, None, "pkey", taken),
        IndexPurpose::Unique => "key",
        IndexPurpose::Exclusion => "excl",
        IndexPurpose::Plain => "idx",
    };
    choose_name(table, Some(&column_addition(columns)), label, taken)
}

/// The name of an unnamed foreign key.
pub fn choose_foreign_key_name<S: AsRef<str>>(
    table: &str,
    columns: &[S],
    taken: impl Fn(&str) -> bool,
) -> String {
    choose_name(table, Some(&column_addition(columns)), "fkey", taken)
}

/// The name of an unnamed check: with the column's name when the expression uses exactly one column
/// (`AddRelationNewConstraints` of `src/backend/catalog/heap.c`). A domain's check has no column.
pub fn choose_check_name(
    owner: &str,
    only_column: Option<&str>,
    taken: impl Fn(&str) -> bool,
) -> String {
    choose_name(owner, only_column, "check", taken)
}

/// The name of a not-null constraint, which PostgreSQL 18 keeps as a row of `pg_constraint`.
pub fn choose_not_null_name(table: &str, column: &str, taken: impl Fn(&str) -> bool) -> String {
    choose_name(table, Some(column), "not_null", taken)
}

/// The name of the sequence behind a `serial` or identity column; `generateSerialExtraStmts` of
/// `src/backend/parser/parse_utilcmd.c`.
pub fn choose_sequence_name(table: &str, column: &str, taken: impl Fn(&str) -> bool) -> String {
    choose_name(table, Some(column), "seq", taken)
}

/// The name of the multirange type that comes with a range type; `makeMultirangeTypeName` of
/// `src/backend/catalog/pg_type.c`.
pub fn multirange_name(range: &str) -> String {
    let name = match range.find("range") {
        Some(at) => format!("{}multi{}", &range[..at], &range[at..]),
        None => format!(
            "{}_multirange",
            clip(range, MAX_NAME_BYTES - "_multirange".len())
        ),
    };
    clip(&name, MAX_NAME_BYTES).to_owned()
}

/// The columns' part of a name: joined with `_` until it is long enough to be cut anyway.
///
/// `ChooseIndexNameAddition` of `indexcmds.c`, `ChooseForeignKeyConstraintNameAddition` of `tablecmds.c`.
pub fn column_addition<S: AsRef<str>>(columns: &[S]) -> String {
    let mut addition = String::new();
    for column in columns {
        if !addition.is_empty() {
            addition.push('_');
        }
        addition.push_str(column.as_ref());
        if addition.len() > MAX_NAME_BYTES {
            break;
        }
    }
    addition
}

/// The attribute names of an index: a column's own, an expression's as `select` would name it or `expr`; a second
/// occurrence gets a number. `ChooseIndexColumnNames` of `indexcmds.c`.
///
/// An element is `None` where the expression has no name of its own.
pub fn index_column_names<'a>(elements: impl IntoIterator<Item = Option<&'a str>>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for element in elements {
        names.push(unused(element.unwrap_or("expr"), &names));
    }
    names
}

fn unused(name: &str, used: &[String]) -> String {
    let mut candidate = name.to_owned();
    let mut number = 0_u32;
    while used.contains(&candidate) {
        number += 1;
        let suffix = number.to_string();
        candidate = format!("{}{suffix}", clip(name, MAX_NAME_BYTES - suffix.len()));
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_part_is_cut() {
        let table = "t".repeat(50);
        let name = make_object_name(&table, Some("workspace_id"), Some("fkey"));
        assert_eq!(name.len(), 63);
        assert_eq!(name, format!("{}_workspace_id_fkey", "t".repeat(45)));
        let both = make_object_name(&table, Some(&"c".repeat(50)), Some("idx"));
        assert_eq!(both, format!("{}_{}_idx", "t".repeat(29), "c".repeat(29)));
    }

    #[test]
    fn a_character_is_not_split() {
        let name = make_object_name(&"é".repeat(31), None, Some("pkey"));
        assert_eq!(name, format!("{}_pkey", "é".repeat(29)));
    }

    #[test]
    fn counters_follow_the_label() {
        let taken = ["t_a_idx", "t_a_idx1"];
        let name = choose_index_name("t", &["a".to_owned()], IndexPurpose::Plain, |n| {
            taken.contains(&n)
        });
        assert_eq!(name, "t_a_idx2");
    }

    #[test]
    fn repeated_index_columns_are_numbered() {
        let names = index_column_names([Some("a"), None, None, Some("a"), Some("lower")]);
        assert_eq!(names, ["a", "expr", "expr1", "a1", "lower"]);
    }

    #[test]
    fn a_multirange_is_named_after_its_range() {
        assert_eq!(multirange_name("price_range"), "price_multirange");
        assert_eq!(multirange_name("prices"), "prices_multirange");
    }
}
