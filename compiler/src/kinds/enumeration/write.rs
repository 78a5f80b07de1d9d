//! An enum as a file of `spec/types/`.

use super::Enum;
use crate::catalog::Object;
use crate::kinds::Kind;
use crate::spec::write::{Node, Table, Writer, attributes, privileges};

/// What is said of an enum.
pub fn write(writer: &Writer<'_>, object: &Object, model: &Enum) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    let labels: Vec<Node> = model.labels.iter().map(Node::from).collect();
    table.set("enum", labels);
    privileges(writer, &mut table, Kind::Enum, &object.privileges, []);
    table
}
