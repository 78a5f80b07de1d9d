//! A sequence as a file of `spec/sequences/`, and the numbers of identity and serial columns.

use super::{Sequence, SequenceOptions};
use crate::catalog::Object;
use crate::kinds::Kind;
use crate::spec::names;
use crate::spec::write::{Table, Writer, attributes, privileges};

/// What is said of a sequence.
pub fn write(writer: &Writer<'_>, object: &Object, sequence: &Sequence) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.some(
        "type",
        (sequence.data_type != "bigint").then_some(&sequence.data_type),
    );
    numbers(&mut table, &sequence.options, &sequence.data_type);
    table.some(
        "owned_by",
        sequence.owned_by.as_ref().map(|owner| {
            format!(
                "{}.{}",
                writer.name(&owner.table),
                names::write_part(&owner.column)
            )
        }),
    );
    table.flag("unlogged", sequence.unlogged);
    privileges(writer, &mut table, Kind::Sequence, &object.privileges, []);
    table
}

/// The numbers, as far as they are not PostgreSQL's defaults for the type.
pub fn numbers(table: &mut Table, options: &SequenceOptions, data_type: &str) {
    let usual = SequenceOptions::default_for(data_type, options.increment);
    let start = if options.increment > 0 {
        options.min
    } else {
        options.max
    };
    let facts = [
        ("start", options.start, start),
        ("increment", options.increment, 1),
        ("min", options.min, usual.min),
        ("max", options.max, usual.max),
        ("cache", options.cache, usual.cache),
    ];
    for (key, value, usual) in facts {
        table.some(key, (value != usual).then_some(value));
    }
    table.flag("cycle", options.cycle);
}
