//! An extension of `[extensions]`.

use super::Extension;
use crate::catalog::Object;
use crate::spec::write::{Table, attributes};

/// What is said of an extension.
pub fn write(object: &Object, extension: &Extension) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.some("schema", extension.schema.as_ref());
    table.some("version", extension.version.as_ref());
    table
}
