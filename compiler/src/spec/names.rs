//! Names in a spec: exact, never folded, never quoted unless a part holds a dot.

use crate::catalog::QName;
use crate::sql;

/// What `name` or `schema.name` means.
pub fn resolve(text: &str, default_schema: &str) -> QName {
    let mut parts = parts(text);
    let name = parts.pop().unwrap_or_default();
    let schema = parts.pop();
    QName::new(schema.unwrap_or_else(|| default_schema.to_owned()), name)
}

/// The parts of a dotted name. A part in double quotes may hold dots, and double quotes doubled.
pub fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        let (part, after) = first_part(rest);
        parts.push(part);
        match after {
            Some(after) => rest = after,
            None => return parts,
        }
    }
}

/// A name as a spec writes it: in quotes where a part would be misread.
pub fn write(name: &QName, default_schema: &str) -> String {
    if name.schema == default_schema {
        write_part(&name.name)
    } else {
        format!("{}.{}", write_part(&name.schema), write_part(&name.name))
    }
}

/// One part of a dotted name as a spec writes it.
pub fn write_part(part: &str) -> String {
    if part.contains('.') || part.starts_with('"') {
        format!("\"{}\"", part.replace('"', "\"\""))
    } else {
        part.to_owned()
    }
}

/// A name for SQL: qualified unless it is in the default schema.
pub fn sql(name: &QName, default_schema: &str) -> String {
    let schema = (name.schema != default_schema).then_some(name.schema.as_str());
    sql::quote_qualified(schema, &name.name)
}

/// A name for SQL with its schema.
pub fn sql_qualified(name: &QName) -> String {
    sql::quote_qualified(Some(&name.schema), &name.name)
}

fn first_part(text: &str) -> (String, Option<&str>) {
    match text.strip_prefix('"').and_then(quoted_part) {
        Some(found) => found,
        None => match text.split_once('.') {
            Some((part, after)) => (part.to_owned(), Some(after)),
            None => (text.to_owned(), None),
        },
    }
}

/// The part up to the closing quote, if the text is quoted up to a dot or the end.
fn quoted_part(text: &str) -> Option<(String, Option<&str>)> {
    let mut part = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        part.push_str(before);
        if let Some(after) = after.strip_prefix('"') {
            part.push('"');
            rest = after;
        } else if after.is_empty() {
            return Some((part, None));
        } else {
            return after.strip_prefix('.').map(|after| (part, Some(after)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_survive_being_written() {
        for (schema, name) in [
            ("public", "tasks"),
            ("billing", "Invoices"),
            ("a.b", "c.d"),
            ("public", "\"quoted\""),
            ("\"", "\".\""),
        ] {
            let name = QName::new(schema, name);
            assert_eq!(resolve(&write(&name, "public"), "public"), name);
        }
    }

    #[test]
    fn a_stray_quote_is_part_of_the_name() {
        assert_eq!(resolve("\"a", "public"), QName::new("public", "\"a"));
        assert_eq!(resolve("\"a\"b.c", "public"), QName::new("\"a\"b", "c"));
    }
}
