//! A schema of `[schemas]`.

use crate::catalog::{Id, Object};
use crate::kinds::{Body, Kind};
use crate::spec::write::{Table, Writer, attributes, privileges};

/// The schema's name and what is said of it; of `public` only what differs.
pub fn write(writer: &Writer<'_>, id: &Id, object: &Object) -> Option<(String, Table)> {
    let Body::Schema(_) = &object.body else {
        return None;
    };
    let mut table = Table::default();
    attributes(&mut table, object);
    privileges(writer, &mut table, Kind::Schema, &object.privileges, []);
    (id.name != "public" || !table.is_empty()).then(|| (id.name.clone(), table))
}
