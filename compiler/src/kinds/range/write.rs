//! A range type as a file of `spec/types/`.

use super::Range;
use crate::catalog::{Id, Object};
use crate::kinds::Kind;
use crate::spec::write::{Table, Writer, attributes, plain_name, privileges};
use crate::sql::object_name::multirange_name;

/// What is said of a range type.
pub fn write(writer: &Writer<'_>, id: &Id, object: &Object, range: &Range) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.set("range", writer.type_text(&range.subtype));
    table.some(
        "operator_class",
        range.operator_class.as_ref().map(|name| writer.name(name)),
    );
    table.some(
        "collation",
        range.collation.as_ref().map(|sql| plain_name(sql)),
    );
    table.some(
        "canonical",
        range.canonical.as_ref().map(|name| writer.name(name)),
    );
    table.some(
        "subtype_diff",
        range.subtype_diff.as_ref().map(|name| writer.name(name)),
    );
    table.some(
        "multirange",
        (range.multirange != multirange_name(&id.name)).then_some(&range.multirange),
    );
    privileges(writer, &mut table, Kind::Range, &object.privileges, []);
    table
}
