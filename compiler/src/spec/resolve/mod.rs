//! What can only be said once everything is read: what children take from their parents, what foreign keys point at.

pub mod column_privileges;
pub mod foreign_keys;
pub mod parents;
pub mod partitions;

use super::reader::Reader;

/// Completes the catalog.
pub fn all(reader: &mut Reader<'_>) {
    parents::columns(reader);
    column_privileges::grants(reader);
    partitions::keys_and_indexes(reader);
    parents::constraints(reader);
    foreign_keys::targets(reader);
}
