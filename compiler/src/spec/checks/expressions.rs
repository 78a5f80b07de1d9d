//! Columns that expressions name: checks, generated columns, indexes; and what must not change under their feet.

use super::facts::Facts;
use super::relations::owner;
use super::triggers::is_system;
use crate::catalog::{Id, QName};
use crate::diagnostics::{Diagnostic, Place};
use crate::kinds::Sql;
use crate::kinds::table::Table;
use crate::kinds::table::constraint::{Constraint, ConstraintRule};
use crate::kinds::table::index::{Index, KeyValue};
use crate::spec::value::Value;
use crate::sql::tokens::{Token, significant};
use crate::sql::{self};

/// Checks the expressions of tables.
pub fn check(facts: &Facts<'_, '_>, found: &mut Vec<Diagnostic>) {
    for (id, table, _) in facts.catalog.of::<Table>() {
        let relation = id.qname();
        for column in &table.columns {
            if let (Some(generated), Some(_)) = (
                &column.generated,
                facts.value(id, &["columns", &column.name, "generated"]),
            ) {
                let at = At {
                    facts,
                    id,
                    relation: &relation,
                    table,
                };
                let path = ["columns", &column.name, "generated"];
                at.columns(&generated.expression, &path, found);
                at.stays(&generated.expression, &path, "a generated column", found);
                at.not_generated(&generated.expression, &path, found);
            }
        }
    }
    for (id, constraint, _) in facts
        .catalog
        .of::<Constraint>()
        .filter(|(id, _, _)| facts.is_written(id))
    {
        if let (ConstraintRule::Check(check), Some((relation, table))) =
            (&constraint.rule, owner(facts, id))
        {
            let at = At {
                facts,
                id,
                relation: &relation,
                table,
            };
            at.columns(&check.expression, check_path(facts, id), found);
        }
    }
    for (id, index, _) in facts
        .catalog
        .of::<Index>()
        .filter(|(id, _, _)| facts.is_written(id))
    {
        if let Some(table) = facts.table(&index.table) {
            index_expressions(
                &At {
                    facts,
                    id,
                    relation: &index.table,
                    table,
                },
                index,
                found,
            );
        }
    }
}

/// A check is a text under its name, a table under its name, or `check` on a column.
fn check_path(facts: &Facts<'_, '_>, id: &Id) -> &'static [&'static str] {
    if facts.value(id, &["expression"]).is_some() {
        &["expression"]
    } else if facts.value(id, &["check"]).is_some() {
        &["check"]
    } else {
        &[]
    }
}

fn index_expressions(at: &At<'_, '_, '_>, index: &Index, found: &mut Vec<Diagnostic>) {
    if let Some(predicate) = &index.predicate {
        at.columns(predicate, &["where"], found);
        at.stays(predicate, &["where"], "an index", found);
    }
    for key in &index.keys {
        if let KeyValue::Expression(expression) = &key.value {
            at.columns(expression, &["columns"], found);
            at.stays(expression, &["columns"], "an index", found);
        }
    }
}

struct At<'a, 'r, 't> {
    facts: &'a Facts<'r, 't>,
    id: &'a Id,
    relation: &'a QName,
    table: &'a Table,
}

impl At<'_, '_, '_> {
    /// Columns that the table does not have. A query inside brings columns of other tables: it is left to PostgreSQL.
    fn columns(&self, expression: &Sql, path: &[&str], found: &mut Vec<Diagnostic>) {
        if significant(&expression.0).any(|token| token.is_word("select") || token.is_word("with"))
        {
            return;
        }
        for column in sql::column_refs(&expression.0) {
            let own = column
                .qualifier
                .as_ref()
                .is_none_or(|qualifier| *qualifier == self.relation.name);
            let known = self.table.column(&column.name).is_some()
                || is_system(&column.name)
                || VALUE_WORDS.contains(&column.name.as_str())
                || KEYWORDS.contains(&column.name.as_str());
            // A name without a qualifier can be the row: `tasks is not null`.
            if own && !known && column.name != self.relation.name {
                let place = self.word_place(path, &expression.0, &column.name);
                found.push(self.facts.unknown_column(
                    self.relation,
                    &column.name,
                    self.table,
                    place,
                ));
            }
        }
    }

    fn stays(&self, expression: &Sql, path: &[&str], what: &str, found: &mut Vec<Diagnostic>) {
        if let Some(word) = volatile_call(&expression.0) {
            let message = format!("{what} can't use `{word}`, whose result changes");
            let place = self.word_place(path, &expression.0, &word);
            found.push(
                Diagnostic::error("not-immutable", place, message)
                    .help("only functions that are immutable can be used here"),
            );
        }
    }

    fn not_generated(&self, expression: &Sql, path: &[&str], found: &mut Vec<Diagnostic>) {
        for column in sql::column_refs(&expression.0) {
            let other = self.table.column(&column.name);
            if other.is_some_and(|other| other.generated.is_some()) {
                let message = format!(
                    "a generated column can't use `{}`, which is generated itself",
                    column.name
                );
                let place = self.word_place(path, &expression.0, &column.name);
                found.push(
                    Diagnostic::error("column-conflict", place, message)
                        .help("write the other column's expression out"),
                );
            }
        }
    }

    /// Where a word stands in the text, if the text is said as one.
    fn word_place(&self, path: &[&str], expression: &str, word: &str) -> Place {
        let said = self.facts.value(self.id, path);
        let said = said.and_then(|said| said.get("expression").or(Some(said)));
        let whole = || self.facts.place(self.id, path);
        let Some(text) = said.and_then(Value::as_text) else {
            return whole();
        };
        let token = significant(text).find(|token| token.name().as_deref() == Some(word));
        match (said, token) {
            (Some(said), Some(token)) if text.contains(expression) => {
                said.place_within(token.range())
            }
            _ => whole(),
        }
    }
}

/// A function or word of PostgreSQL whose result is another one each time, or each transaction.
fn volatile_call(expression: &str) -> Option<String> {
    const CALLS: &[&str] = &[
        "now",
        "random",
        "gen_random_uuid",
        "uuid_generate_v4",
        "clock_timestamp",
        "statement_timestamp",
        "transaction_timestamp",
        "timeofday",
        "nextval",
        "currval",
        "lastval",
        "setval",
        "current_setting",
        "txid_current",
    ];
    let tokens: Vec<Token<'_>> = significant(expression).collect();
    tokens.iter().enumerate().find_map(|(at, token)| {
        let qualified = at
            .checked_sub(1)
            .is_some_and(|before| tokens[before].text == ".");
        let call = tokens.get(at + 1).is_some_and(|next| next.text == "(");
        let listed = |words: &[&str]| {
            words
                .iter()
                .find(|word| token.is_word(word))
                .map(|word| (*word).to_owned())
        };
        let found = listed(VALUE_WORDS).or_else(|| call.then(|| listed(CALLS)).flatten());
        found.filter(|_| !qualified)
    })
}

/// Words that stand for a value and look like a column.
const VALUE_WORDS: &[&str] = &[
    "current_timestamp",
    "current_date",
    "current_time",
    "localtime",
    "localtimestamp",
    "current_user",
    "session_user",
    "current_role",
    "current_catalog",
    "current_schema",
    "user",
];

/// Words that stand for no value and look like a column.
const KEYWORDS: &[&str] = &[
    // `normalize(a, nfkc)`, `a is document`.
    "nfc", "nfd", "nfkc", "nfkd", "document",
];
