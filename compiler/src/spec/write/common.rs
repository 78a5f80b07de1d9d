//! What many kinds say alike.

use std::collections::BTreeMap;

use super::{Node, Table, Writer};
use crate::catalog::{Grant, Object, Privileges};
use crate::kinds::{Kind, Options};
use crate::spec::privileges::available;

/// The comment and the owner.
pub fn attributes(table: &mut Table, object: &Object) {
    table.some("comment", object.comment.as_ref());
    table.some("owner", object.owner.as_ref());
}

/// `grants` and `revokes`, with the privileges on columns (by column) in the first.
pub fn privileges<'a>(
    writer: &Writer<'_>,
    table: &mut Table,
    kind: Kind,
    own: &'a Privileges,
    columns: impl IntoIterator<Item = (&'a str, &'a Privileges)>,
) {
    let available = available(kind, writer.project.postgresql);
    let mut by_role: BTreeMap<&str, Vec<Node>> = BTreeMap::new();
    for (role, words) in words(own.granted.iter(), &available) {
        by_role
            .entry(role)
            .or_default()
            .extend(words.into_iter().map(Node::from));
    }
    for (role, columns) in on_columns(columns) {
        by_role.entry(role).or_default().push(columns.into());
    }
    let mut grants = Table::default();
    for (role, said) in by_role {
        grants.set(role, said);
    }
    table.table("grants", grants);
    let mut revokes = Table::default();
    for (role, words) in words(own.revoked.iter(), &available) {
        revokes.texts(role, words);
    }
    table.table("revokes", revokes);
}

/// The privileges of each role, in PostgreSQL's order; all of them are `all`.
fn words<'a>(
    grants: impl Iterator<Item = &'a Grant>,
    available: &[&'static str],
) -> BTreeMap<&'a str, Vec<String>> {
    let mut by_role: BTreeMap<&str, Vec<&Grant>> = BTreeMap::new();
    for grant in grants {
        by_role.entry(&grant.grantee).or_default().push(grant);
    }
    let text = |mut grants: Vec<&Grant>| {
        let all = available.len() > 1
            && grants.len() == available.len()
            && grants
                .iter()
                .all(|grant| grant.grantable == grants[0].grantable);
        if all {
            return vec![suffixed("all", grants[0].grantable)];
        }
        grants.sort_by_key(|grant| available.iter().position(|word| *word == grant.privilege));
        grants
            .into_iter()
            .map(|grant| suffixed(&grant.privilege, grant.grantable))
            .collect()
    };
    by_role
        .into_iter()
        .map(|(role, grants)| (role, text(grants)))
        .collect()
}

fn suffixed(word: &str, grantable: bool) -> String {
    if grantable {
        format!("{word} with grant option")
    } else {
        word.to_owned()
    }
}

/// By role, each privilege with the columns it is on.
fn on_columns<'a>(
    columns: impl IntoIterator<Item = (&'a str, &'a Privileges)>,
) -> BTreeMap<&'a str, Table> {
    let mut by_role: BTreeMap<&str, BTreeMap<String, Vec<&str>>> = BTreeMap::new();
    for (column, privileges) in columns {
        for grant in &privileges.granted {
            let word = suffixed(&grant.privilege, grant.grantable);
            by_role
                .entry(&grant.grantee)
                .or_default()
                .entry(word)
                .or_default()
                .push(column);
        }
    }
    let table = |privileges: BTreeMap<String, Vec<&str>>| {
        let mut table = Table::default();
        for (word, columns) in privileges {
            table.texts(&word, columns);
        }
        table
    };
    by_role
        .into_iter()
        .map(|(role, privileges)| (role, table(privileges)))
        .collect()
}

/// Storage parameters and their like.
pub fn options(options: &Options) -> Table {
    let mut table = Table::default();
    for (name, value) in options {
        table.set(name, scalar(value));
    }
    table
}

/// A number or truth value without quotes, where that is the same text.
pub fn scalar(text: &str) -> Node {
    let integer = text
        .parse::<i64>()
        .is_ok_and(|number| number.to_string() == text);
    if integer || is_decimal(text) || text == "true" || text == "false" {
        Node::Bare(text.to_owned())
    } else {
        Node::from(text)
    }
}

/// Whether TOML reads it as a number with a fraction.
pub fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    unsigned.split_once('.').is_some_and(|(whole, fraction)| {
        digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'))
    })
}
