//! A schema of `[schemas]`.

use crate::catalog::Object;
use crate::kinds::Kind;
use crate::spec::write::{Table, Writer, attributes, privileges};

/// What is said of a schema. `public` is said too: where it is not, it is whatever it is.
pub fn write(writer: &Writer<'_>, object: &Object) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    privileges(writer, &mut table, Kind::Schema, &object.privileges, []);
    table
}
