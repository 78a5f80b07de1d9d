//! The spec: `tablec.toml` and `spec/`, read into a [`Catalog`](crate::catalog::Catalog) and what only the spec knows.

pub mod hints;
pub mod project;

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Id};
use crate::diagnostics::Place;
pub use hints::{ColumnHints, TableHints};
pub use project::Project;

/// All that a project says.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// `tablec.toml`.
    pub project: Project,
    /// The objects.
    pub catalog: Catalog,
    /// What the generated code needs to know beyond the objects, by table or view.
    pub hints: BTreeMap<Id, TableHints>,
    /// Where each object is declared: the name or key that declares it.
    pub sources: BTreeMap<Id, Place>,
    /// Where each column (attribute, enum label) is declared.
    pub column_sources: BTreeMap<(Id, String), Place>,
}
