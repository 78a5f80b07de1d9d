//! A rule of `[rules]`.

use super::Rule;
use crate::catalog::Object;
use crate::kinds::trigger::write::enabled;
use crate::spec::write::{Table, attributes};

/// What is said of a rule.
pub fn write(object: &Object, rule: &Rule) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    let text = &rule.definition.0;
    table.set(
        "definition",
        if text.contains('\n') {
            format!("{text}\n")
        } else {
            text.clone()
        },
    );
    table.some("enabled", enabled(rule.enabled));
    table
}
