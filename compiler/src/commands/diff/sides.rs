use std::collections::BTreeSet;
use std::fs;
use std::thread::JoinHandle;

use super::super::PROJECT_FILE;
use super::super::project::{Project, checked};
use super::builder::{Builder, Scripts, content};
use super::filter::{Filter, Scope};
use super::{Failure, Global, Output, Source, revision};
use crate::catalog::{Catalog, Unsupported};
use crate::cluster::SUPERUSER;
use crate::database::{self, Options, connect};
use crate::diagnostics::SourceFile;
use crate::files::{self, migrations::read_migrations};
use crate::kinds::role::Role;
use crate::plan::{self, Plan, dependencies};
use crate::templates::Templates;

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
    /// How often a given database's server was waited for, the connections made not counted.
    pub round_trips: u64,
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
        let settings = default_schema(global);
        let mut reader = Reader {
            global,
            output,
            readings: [from, to].map(|source| begin(source, &settings)),
            project: None,
            builder: Builder::new(global),
            round_trips: 0,
        };
        let sides = [reader.side(0, from)?, reader.side(1, to)?];
        let own = reader.project.iter();
        let own = own.flat_map(|project| &project.spec.project.exclude);
        let kept = Filter::new(scope, own)?;
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
            round_trips: reader.round_trips,
        })
    }

    /// Whether anything differs, what no statement can change not counted.
    pub fn differs(&self) -> bool {
        !self.plan.is_empty() || self.plan.refusals().next().is_some()
    }
}

/// The reading of a database: its catalog, its major version, how often the server was waited for.
type Reading = JoinHandle<Result<(Catalog, u32, u64), Failure>>;

/// Begins to read a database, beside the reading of the spec.
fn begin(source: &Source, default_schema: &str) -> Option<Reading> {
    let Source::Database(url) = source else {
        return None;
    };
    let url = url.clone();
    let options = Options {
        default_schema: default_schema.to_owned(),
    };
    let read = move || {
        let session = connect(&url)?;
        let catalog = database::introspect(&session, &options)?;
        Ok((catalog, session.major(), session.round_trips()))
    };
    Some(std::thread::spawn(read))
}

/// What `tablec.toml` says, if it says so; it is read as a whole, and judged, later.
fn default_schema(global: &Global) -> String {
    let text = global
        .project_dir()
        .ok()
        .and_then(|dir| fs::read_to_string(dir.join(PROJECT_FILE)).ok());
    let file = text.map(|text| SourceFile::new(PROJECT_FILE, text));
    let (spec, _) = crate::spec::read(file.as_slice());
    spec.project.default_schema
}

struct Reader<'a> {
    global: &'a Global,
    output: &'a mut Output,
    readings: [Option<Reading>; 2],
    project: Option<Project>,
    builder: Builder<'a>,
    round_trips: u64,
}

impl Reader<'_> {
    fn side(&mut self, which: usize, source: &Source) -> Result<Side, Failure> {
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
                self.built(vec![(path.display().to_string(), text)])
            }
            Source::Database(_) => self.database(which),
            Source::Applied { scripts, owner } => {
                self.project()?;
                let built = self.built(scripts.clone())?;
                Ok(match built {
                    Side::Live(catalog, major) => {
                        Side::Live(catalog.handed_over(SUPERUSER, owner), major)
                    }
                    written @ Side::Written(_) => written,
                })
            }
        }
    }

    /// What is wrong with the spec is said first.
    fn database(&mut self, which: usize) -> Result<Side, Failure> {
        self.default_schema()?;
        let reading = self.readings[which].take();
        let ended = reading.map(JoinHandle::join);
        let Some(Ok(read)) = ended else {
            return Err(Failure::new("the reading of the database broke off"));
        };
        let (catalog, major, round_trips) = read?;
        self.round_trips += round_trips;
        Ok(Side::Live(catalog, major))
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
        self.built(scripts)
    }

    /// Scripts, built in the shadow.
    fn built(&mut self, scripts: Scripts) -> Result<Side, Failure> {
        let (schema, major) = (self.default_schema()?, self.major());
        let content = format!("{scripts:?}");
        let catalog = self
            .builder
            .build(major, &schema, &content, || Ok(scripts))?;
        Ok(Side::Live(catalog, major))
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
        let given = self.global.shadow_url().is_some();
        let embedded;
        let templates = if let Some(project) = &self.project {
            &project.templates
        } else {
            embedded = Templates::embedded(&spec.default_schema);
            &embedded
        };
        let script = || {
            let script = planned(&nothing(spec, given), spec, templates)?.to_sql();
            Ok(vec![("the spec".to_owned(), script)])
        };
        let content = content(spec, templates)?;
        self.builder
            .build(major, &spec.default_schema, &content, script)
    }

    fn plan(&self, from: &Catalog, to: &Catalog) -> Result<Plan, Failure> {
        match &self.project {
            Some(project) => planned(from, to, &project.templates),
            None => planned(from, to, &Templates::embedded(&to.default_schema)),
        }
    }

    fn project(&mut self) -> Result<&Project, Failure> {
        if self.project.is_none() {
            let project = Project::load(self.global, self.output)?;
            self.builder.remember_in(&project.dir);
            self.project = Some(project);
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
}

/// What there is before a spec is built. Roles are the server's: on one that somebody gave, those of the spec have to be there.
fn nothing(spec: &Catalog, given: bool) -> Catalog {
    let mut nothing = plan::empty(&spec.default_schema);
    let roles = spec.of::<Role>().filter(|_| given);
    nothing
        .objects
        .extend(roles.map(|(id, _, role)| (id.clone(), role.clone())));
    nothing
}

fn planned(from: &Catalog, to: &Catalog, templates: &Templates) -> Result<Plan, Failure> {
    let options = plan::Options {
        templates,
        role: None,
    };
    Ok(plan::plan(from, to, &options)?)
}
