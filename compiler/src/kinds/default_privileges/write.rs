//! An entry of `[[default_privileges]]`.

use super::for_role;
use super::read::kind_of;
use crate::catalog::{Id, Object};
use crate::spec::write::{Table, Writer, privileges};

/// What new objects get.
pub fn write(writer: &Writer<'_>, id: &Id, object: &Object) -> Table {
    let mut table = Table::default();
    table.set("on", &id.name);
    table.some("for_role", for_role(id));
    table.some("in_schema", (!id.schema.is_empty()).then_some(&id.schema));
    privileges(
        writer,
        &mut table,
        kind_of(&id.name),
        &object.privileges,
        [],
    );
    table
}
