//! Which file says which object: the folder is the kind, the file name is the name.
//!
//! `spec/tables/billing/billing.invoices.toml` is the table `invoices` of the schema `billing`; folders inside
//! `tables` are free. A character that a file name can't hold, a dot and a per cent sign in a name are written as
//! `%2E`: the byte in hexadecimal.

use std::path::Path;

use crate::catalog::QName;

/// What is wrong with a file's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFileName {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// The folder right below `spec/` that a file is in, `None` for files directly in `spec/`.
pub fn folder(path: &Path) -> Option<&str> {
    let below = path.strip_prefix("spec").ok()?;
    let mut parts = below.components();
    let first = parts.next()?.as_os_str().to_str()?;
    parts.next().is_some().then_some(first)
}

/// The object that a file's name says.
pub fn object_name(path: &Path, default_schema: &str) -> Result<QName, BadFileName> {
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let (schema, name) = match stem.split_once('.') {
        Some((schema, name)) => (decode(schema)?, name),
        None => (default_schema.to_owned(), stem),
    };
    if name.contains('.') {
        return Err(BadFileName {
            message: format!("`{stem}` has more than one dot"),
            help: "a file is named `name` or `schema.name`; a dot inside a name is written `%2E`"
                .to_owned(),
        });
    }
    Ok(QName::new(schema, decode(name)?))
}

/// The file name of an object without its extension.
pub fn file_stem(object: &QName, default_schema: &str) -> String {
    let name = encode(&object.name);
    if object.schema == default_schema {
        name
    } else {
        format!("{}.{name}", encode(&object.schema))
    }
}

/// Characters with a meaning here or to some file system, control characters, and a space at either end.
fn encode(name: &str) -> String {
    let last = name.chars().count().saturating_sub(1);
    let mut out = String::with_capacity(name.len());
    for (at, character) in name.chars().enumerate() {
        let edge_space = character == ' ' && (at == 0 || at == last);
        if r#"/\:*?"<>|%."#.contains(character) || character.is_control() || edge_space {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                out.extend(format!("%{byte:02X}").chars());
            }
        } else {
            out.push(character);
        }
    }
    out
}

fn decode(text: &str) -> Result<String, BadFileName> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let code = after.get(..2).and_then(|c| u8::from_str_radix(c, 16).ok());
        bytes.push(code.ok_or_else(|| bad_escape(text))?);
        rest = after.get(2..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).map_err(|_| bad_escape(text))
}

fn bad_escape(text: &str) -> BadFileName {
    BadFileName {
        message: format!("`{text}` has a `%` that is followed by no hexadecimal number"),
        help: "a per cent sign in a name is written `%25`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_survives_as_a_file_name() {
        for name in [
            "tasks", "Tasks", "a.b", "a/b", "100%", "naïve", "\"; --", " x ", "a\nb", "%41",
        ] {
            for schema in ["public", "bill.ing"] {
                let object = QName::new(schema, name);
                let stem = file_stem(&object, "public");
                let path = format!("spec/tables/{stem}.toml");
                assert!(!stem.contains('/'), "{stem}");
                assert_eq!(object_name(Path::new(&path), "public"), Ok(object));
            }
        }
    }

    #[test]
    fn bad_file_names_are_told() {
        for stem in ["a.b.c", "50%", "a%zz", "%FF"] {
            let path = format!("spec/tables/{stem}.toml");
            assert!(object_name(Path::new(&path), "public").is_err(), "{stem}");
        }
    }

    #[test]
    fn the_first_folder_counts() {
        assert_eq!(
            folder(Path::new("spec/tables/billing/a.toml")),
            Some("tables")
        );
        assert_eq!(folder(Path::new("spec/database.toml")), None);
        assert_eq!(folder(Path::new("other/tables/a.toml")), None);
    }
}
