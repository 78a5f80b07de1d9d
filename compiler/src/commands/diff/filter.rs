use std::path::PathBuf;

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::Failure;
use crate::catalog::{Catalog, Id};
use crate::runner::JOURNAL_SCHEMA;

/// The options that say which objects are compared.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Scope {
    /// Compare only objects whose `schema.name` matches one of these patterns
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    include: Vec<String>,
    /// Leave out objects whose `schema.name` matches one of these patterns, beyond those of `exclude` in tablec.toml
    #[arg(long, value_name = "PATTERN", value_delimiter = ',')]
    exclude: Vec<String>,
}

/// Which objects are compared.
pub struct Filter {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
}

/// `None` where there is none.
fn globs<'p>(patterns: impl Iterator<Item = &'p String>) -> Result<Option<GlobSet>, Failure> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(
            Glob::new(pattern)
                .map_err(|error| Failure::new(format!("`{pattern}` is no pattern: {error}")))?,
        );
    }
    set.build()
        .map(|set| (!set.is_empty()).then_some(set))
        .map_err(|error| Failure::new(format!("the patterns are too many: {error}")))
}

impl Filter {
    /// The objects that the options and the project ask for.
    pub fn new<'p>(
        scope: &'p Scope,
        own: impl Iterator<Item = &'p String>,
    ) -> Result<Self, Failure> {
        Ok(Self {
            include: globs(scope.include.iter())?,
            exclude: globs(scope.exclude.iter().chain(own))?,
        })
    }

    /// Leaves the others out.
    pub fn apply(&self, catalog: &mut Catalog) {
        catalog.objects.retain(|id, _| self.keeps(id));
        catalog.depends.retain(|id, _| self.keeps(id));
        for depends in catalog.depends.values_mut() {
            depends.retain(|dependency| self.keeps(&dependency.on));
        }
    }

    /// A part of a relation goes with it.
    fn keeps(&self, id: &Id) -> bool {
        if id.schema == JOURNAL_SCHEMA || (id.schema.is_empty() && id.name == JOURNAL_SCHEMA) {
            return false;
        }
        if self.include.is_none() && self.exclude.is_none() {
            return true;
        }
        let name = |name: &str| {
            if id.schema.is_empty() {
                name.to_owned()
            } else {
                format!("{}.{name}", id.schema)
            }
        };
        let own = if id.parent.is_empty() {
            name(&id.name)
        } else {
            name(&id.parent)
        };
        let matches = |set: &GlobSet| set.is_match(PathBuf::from(&own));
        self.include.as_ref().is_none_or(matches) && !self.exclude.as_ref().is_some_and(matches)
    }
}
