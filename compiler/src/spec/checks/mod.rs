//! What is wrong with a spec as a whole: names that mean nothing, parts that don't fit together, forms that PostgreSQL
//! refuses. Each check reads the completed catalog and points at the key that caused the finding.

mod columns;
mod cycles;
mod expressions;
mod facts;
mod foreign_keys;
mod functions;
mod keys;
mod known_types;
mod names;
mod partitions;
mod policies;
mod relations;
mod roles;
mod rust_names;
mod triggers;
mod types;
mod when;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::reader::Reader;
use crate::diagnostics::Diagnostic;
use facts::Facts;

/// A check: what it looks at, and where to put what it finds.
type Check = fn(&Facts<'_, '_>, &mut Vec<Diagnostic>);

const ALL: &[Check] = &[
    names::check,
    roles::check,
    rust_names::check,
    types::check,
    relations::check,
    columns::check,
    expressions::check,
    keys::check,
    foreign_keys::check,
    functions::check,
    triggers::check,
    policies::check,
    partitions::check,
    cycles::check,
];

/// Everything that is wrong.
pub fn all(reader: &Reader<'_>) -> Vec<Diagnostic> {
    let facts = Facts::new(reader);
    let found_by = |check: &Check| {
        let mut found = Vec::new();
        check(&facts, &mut found);
        found
    };
    let found: Vec<_> = ALL.par_iter().map(found_by).collect();
    found.into_iter().flatten().collect()
}
