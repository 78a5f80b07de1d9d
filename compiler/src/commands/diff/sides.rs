use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::super::cache::Cache;
use super::super::project::{Project, checked};
use super::{Failure, Global, Output, Source, revision};
use crate::catalog::{Catalog, Id, Unsupported};
use crate::database::{self, Options, connect};
use crate::files::{self, migrations::read_migrations};
use crate::plan::{self, Plan, dependencies};
use crate::runner::JOURNAL_SCHEMA;
use crate::shadow::Shadow;
use crate::templates::Templates;

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

/// Two schemas, made comparable, and the statements from one to the other.
pub struct Comparison {
    /// The names of the two sides, for people.
    pub names: [String; 2],
    /// The statements.
    pub plan: Plan,
    /// What could not be compared.
    pub unsupported: BTreeSet<Unsupported>,
    /// What there is, as it was read, with all objects.
    pub read: Catalog,
}

/// One side of a comparison.
enum Side {
    /// In an author's words.
    Written(Catalog),
    /// In a server's words, with its major version.
    Live(Catalog, u32),
}

impl Comparison {
    /// Compares two sources.
    pub fn of(
        from: &Source,
        to: &Source,
        scope: &Scope,
        global: &Global,
        output: &mut Output,
    ) -> Result<Self, Failure> {
        let mut reader = Reader {
            global,
            output,
            project: None,
            shadow: None,
        };
        let sides = [reader.side(from)?, reader.side(to)?];
        let kept = reader.filter(scope)?;
        let read = match &sides {
            [Side::Live(catalog, _) | Side::Written(catalog), _] => catalog.clone(),
        };
        let sides = reader.comparable(sides)?;
        let [mut from_catalog, mut to_catalog] = sides;
        let mut unsupported = std::mem::take(&mut from_catalog.unsupported);
        unsupported.append(&mut to_catalog.unsupported);
        kept.apply(&mut from_catalog);
        kept.apply(&mut to_catalog);
        let plan = reader.plan(&from_catalog, &to_catalog)?;
        Ok(Self {
            names: [from, to].map(ToString::to_string),
            plan,
            unsupported,
            read,
        })
    }

    /// Whether anything differs, what no statement can change not counted.
    pub fn differs(&self) -> bool {
        !self.plan.is_empty() || self.plan.refusals().next().is_some()
    }
}

struct Reader<'a> {
    global: &'a Global,
    output: &'a mut Output,
    project: Option<Project>,
    shadow: Option<Shadow>,
}

impl Reader<'_> {
    fn side(&mut self, source: &Source) -> Result<Side, Failure> {
        match source {
            Source::Spec => Ok(Side::Written(self.project()?.spec.catalog.clone())),
            Source::SpecIn(dir) => {
                let (sources, mut found) = files::load(dir);
                Ok(Side::Written(
                    checked(&sources, &mut found, self.output)?.catalog,
                ))
            }
            Source::Revision(revision) => {
                let sources = revision::files(&self.global.project_dir()?, revision)?;
                Ok(Side::Written(
                    checked(&sources, &mut Vec::new(), self.output)?.catalog,
                ))
            }
            Source::Migrations => {
                let dir = self.project()?.migrations();
                self.migrations(&dir)
            }
            Source::MigrationsIn(dir) => self.migrations(dir),
            Source::Sql(path) => {
                let text = fs::read_to_string(path)
                    .map_err(|error| Failure::file("read", path, &error))?;
                self.built(&[(path.display().to_string(), text)])
            }
            Source::Database(url) => self.database(url),
        }
    }

    fn database(&mut self, url: &str) -> Result<Side, Failure> {
        let session = connect(url)?;
        let options = Options {
            default_schema: self.default_schema()?,
        };
        let catalog = database::introspect(&session, &options)?;
        Ok(Side::Live(catalog, session.major()))
    }

    fn migrations(&mut self, dir: &std::path::Path) -> Result<Side, Failure> {
        if !dir.is_dir() {
            return Err(Failure::new(format!(
                "there is no folder {}",
                dir.display()
            )));
        }
        let scripts: Vec<_> = read_migrations(dir)?
            .into_iter()
            .map(|file| (file.name.to_string(), file.text))
            .collect();
        self.built(&scripts)
    }

    /// Scripts, built in the shadow.
    fn built(&mut self, scripts: &[(String, String)]) -> Result<Side, Failure> {
        let (schema, major) = (self.default_schema()?, self.major());
        let shadow = self.shadow(major)?;
        let catalog = shadow.build(
            scripts
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str())),
            &schema,
        )?;
        Ok(Side::Live(catalog, shadow.major()))
    }

    /// Both sides in the same words.
    fn comparable(&mut self, sides: [Side; 2]) -> Result<[Catalog; 2], Failure> {
        Ok(match sides {
            [Side::Live(from, _), Side::Live(to, _)] => [from, to],
            [Side::Written(mut from), Side::Written(mut to)] => {
                dependencies::fill(&mut from);
                dependencies::fill(&mut to);
                [from, to]
            }
            [Side::Live(from, major), Side::Written(to)] => {
                let to = self.in_words_of(to, &from, major)?;
                [from, to]
            }
            [Side::Written(from), Side::Live(to, major)] => {
                let from = self.in_words_of(from, &to, major)?;
                [from, to]
            }
        })
    }

    /// A spec in the words of a live database, wherever both mean the same.
    fn in_words_of(
        &mut self,
        mut spec: Catalog,
        live: &Catalog,
        major: u32,
    ) -> Result<Catalog, Failure> {
        dependencies::fill(&mut spec);
        plan::compare(&spec, live, |spec| self.in_the_shadow(spec, major))
    }

    /// What a server makes of a spec.
    fn in_the_shadow(&mut self, spec: &Catalog, major: u32) -> Result<Catalog, Failure> {
        let script = self
            .plan(&plan::empty(&spec.default_schema), spec)?
            .to_sql();
        let cache = Cache::of(self.project.as_ref().map(|project| project.dir.as_path()));
        let key = format!("{major}\n{}\n{script}", spec.default_schema);
        if let Some(catalog) = cache.get(&key) {
            return Ok(catalog);
        }
        let shadow = self.shadow(major)?;
        let built = shadow.build([("the spec", script.as_str())], &spec.default_schema)?;
        cache.put(&key, &built);
        Ok(built)
    }

    fn plan(&mut self, from: &Catalog, to: &Catalog) -> Result<Plan, Failure> {
        let embedded;
        let templates = if let Some(project) = &self.project {
            &project.templates
        } else {
            embedded = Templates::embedded(&to.default_schema);
            &embedded
        };
        Ok(plan::plan(
            from,
            to,
            &plan::Options {
                templates,
                role: None,
            },
        )?)
    }

    fn project(&mut self) -> Result<&Project, Failure> {
        if self.project.is_none() {
            self.project = Some(Project::load(self.global, self.output)?);
        }
        self.project
            .as_ref()
            .ok_or_else(|| Failure::new("there is no project"))
    }

    /// The project's, where there is one.
    fn default_schema(&mut self) -> Result<String, Failure> {
        if self.global.project_dir().is_err() {
            return Ok("public".to_owned());
        }
        Ok(self.project()?.spec.project.default_schema.clone())
    }

    fn major(&self) -> u32 {
        self.project
            .as_ref()
            .map_or(15, |project| project.spec.project.postgresql)
    }

    fn shadow(&mut self, major: u32) -> Result<&Shadow, Failure> {
        if self.shadow.is_none() {
            self.shadow = Some(Shadow::start(major)?);
        }
        self.shadow
            .as_ref()
            .ok_or_else(|| Failure::new("there is no shadow database"))
    }

    fn filter(&self, scope: &Scope) -> Result<Filter, Failure> {
        let own = self
            .project
            .iter()
            .flat_map(|project| &project.spec.project.exclude);
        Ok(Filter {
            include: globs(scope.include.iter())?.filter(|_| !scope.include.is_empty()),
            exclude: globs(scope.exclude.iter().chain(own))?,
        })
    }
}

/// Which objects are compared.
struct Filter {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
}

fn globs<'p>(patterns: impl Iterator<Item = &'p String>) -> Result<Option<GlobSet>, Failure> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(
            Glob::new(pattern)
                .map_err(|error| Failure::new(format!("`{pattern}` is no pattern: {error}")))?,
        );
    }
    set.build()
        .map(Some)
        .map_err(|error| Failure::new(format!("the patterns are too many: {error}")))
}

impl Filter {
    fn apply(&self, catalog: &mut Catalog) {
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
