//! A statistics object of `[statistics]`.

use super::Statistics;
use crate::catalog::Object;
use crate::spec::write::{Table, attributes};

/// What is said of a statistics object.
pub fn write(object: &Object, statistics: &Statistics) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.texts("keys", statistics.keys.iter().map(|key| &key.0));
    table.texts("kinds", &statistics.kinds);
    table.some("target", statistics.target);
    table
}
