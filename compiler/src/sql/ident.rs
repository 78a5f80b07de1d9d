//! Identifiers: quoting and the length of a name.

use std::borrow::Cow;

use super::keywords;

/// The longest name PostgreSQL keeps, in bytes: `NAMEDATALEN - 1` (`pg_config_manual.h`).
pub const MAX_NAME_BYTES: usize = 63;

/// Quotes an identifier exactly as the server's `quote_identifier` does (`src/backend/utils/adt/ruleutils.c`):
/// left bare when it starts with `a-z_`, goes on with `a-z0-9_`, and is no keyword other than an unreserved one.
///
/// The keywords are those of all supported versions together, so what is printed for one is safe on another.
pub fn quote_ident(name: &str) -> Cow<'_, str> {
    if is_bare(name) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("\"{}\"", name.replace('"', "\"\"")))
    }
}

/// `schema.name`, each part quoted where needed.
pub fn quote_qualified(schema: Option<&str>, name: &str) -> String {
    match schema {
        Some(schema) => format!("{}.{}", quote_ident(schema), quote_ident(name)),
        None => quote_ident(name).into_owned(),
    }
}

/// What an unquoted identifier means: ASCII letters folded to lower case.
///
/// Like `downcase_identifier` in a UTF-8 database (`src/backend/parser/scansup.c`), which leaves the other letters alone.
pub fn fold_ident(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// Cuts a name to at most `bytes` bytes without splitting a character, like `pg_mbcliplen`.
pub fn clip(name: &str, bytes: usize) -> &str {
    &name[..name.floor_char_boundary(bytes)]
}

/// What is wrong with a name that PostgreSQL would refuse or cut; `None` when it is good.
pub fn name_problem(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("a name can't be empty".to_owned());
    }
    if name.contains('\0') {
        return Some("a name can't contain a zero byte".to_owned());
    }
    (name.len() > MAX_NAME_BYTES).then(|| {
        format!(
            "`{name}` is {} bytes long; PostgreSQL keeps only {MAX_NAME_BYTES} and would cut it to `{}`",
            name.len(),
            clip(name, MAX_NAME_BYTES)
        )
    })
}

fn is_bare(name: &str) -> bool {
    let starts = matches!(name.bytes().next(), Some(b'a'..=b'z' | b'_'));
    starts
        && name
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        && !keywords::needs_quotes(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_names_stay_bare() {
        for name in ["a", "_x", "tasks_2", "abort", "name", "type", "value"] {
            assert_eq!(quote_ident(name), name);
        }
    }

    #[test]
    fn the_rest_is_quoted() {
        for (name, quoted) in [
            ("", "\"\""),
            ("Tasks", "\"Tasks\""),
            ("2nd", "\"2nd\""),
            ("a$b", "\"a$b\""),
            ("naïve", "\"naïve\""),
            ("select", "\"select\""),
            ("between", "\"between\""),
            ("left", "\"left\""),
            ("a\"; drop table x; --", "\"a\"\"; drop table x; --\""),
        ] {
            assert_eq!(quote_ident(name), quoted);
        }
    }

    #[test]
    fn a_name_has_at_most_63_bytes() {
        assert_eq!(name_problem(&"x".repeat(63)), None);
        let long = format!("{}ï", "x".repeat(62));
        let problem = name_problem(&long).unwrap_or_default();
        assert!(problem.contains("64 bytes long"), "{problem}");
        assert!(
            problem.ends_with(&format!("`{}`", "x".repeat(62))),
            "{problem}"
        );
        assert!(name_problem("").is_some());
    }
}
