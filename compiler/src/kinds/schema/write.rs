//! A schema of `[schemas]`.

use crate::catalog::{Id, Object};
use crate::kinds::Kind;
use crate::spec::write::{Table, Writer, attributes, privileges};

/// What is said of a schema; `public` is there without being said.
pub fn write(writer: &Writer<'_>, id: &Id, object: &Object) -> Option<Table> {
    let mut table = Table::default();
    attributes(&mut table, object);
    privileges(writer, &mut table, Kind::Schema, &object.privileges, []);
    (id.name != "public" || !table.is_empty()).then_some(table)
}
