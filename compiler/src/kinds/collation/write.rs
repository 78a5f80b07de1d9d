//! A collation of `[collations]`.

use super::Collation;
use crate::catalog::Object;
use crate::spec::write::{Table, attributes};

/// What is said of a collation.
pub fn write(object: &Object, collation: &Collation) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.set("provider", &collation.provider);
    table.some("locale", collation.locale.as_ref());
    table.some("lc_collate", collation.lc_collate.as_ref());
    table.some("lc_ctype", collation.lc_ctype.as_ref());
    table.some("rules", collation.rules.as_ref());
    table.flag("nondeterministic", collation.nondeterministic);
    table
}
