//! A composite type as a file of `spec/types/`.

use super::Composite;
use crate::catalog::Object;
use crate::kinds::Kind;
use crate::spec::write::{Table, Writer, attributes, plain_name, privileges};

/// What is said of a composite type.
pub fn write(writer: &Writer<'_>, object: &Object, composite: &Composite) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    let mut all = Table::in_order();
    for attribute in &composite.attributes {
        let mut said = Table::default();
        said.set("type", writer.type_text(&attribute.data_type));
        said.some(
            "collation",
            attribute.collation.as_ref().map(|sql| plain_name(sql)),
        );
        said.some("comment", attribute.comment.as_ref());
        all.set(&attribute.name, said);
    }
    table.set("attributes", all);
    privileges(writer, &mut table, Kind::Composite, &object.privileges, []);
    table
}
