//! An object kept as SQL, as a file of `spec/raw/`.

use std::collections::BTreeSet;

use super::Raw;
use crate::catalog::Object;
use crate::kinds::Kind;
use crate::spec::write::{Table, Writer, attributes, privileges};

/// What is said of a raw object.
pub fn write(writer: &Writer<'_>, object: &Object, raw: &Raw) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    privileges(writer, &mut table, Kind::Raw, &object.privileges, []);
    table.set("kind", &raw.kind);
    table.set("identity", &raw.identity);
    let create = &raw.create.0;
    table.set(
        "create",
        if create.contains('\n') {
            format!("{create}\n")
        } else {
            create.clone()
        },
    );
    table.set("drop", &raw.drop.0);
    table
}

/// A path that says what is in it and that no other raw object has.
pub fn path(raw: &Raw, taken: &mut BTreeSet<String>) -> String {
    let text = format!("{} {}", raw.kind, raw.identity).to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let stem: String = words.join("_").chars().take(100).collect();
    let mut path = format!("spec/raw/{stem}");
    let mut number = 1;
    while !taken.insert(path.clone()) {
        number += 1;
        path = format!("spec/raw/{stem}_{number}");
    }
    path
}
