use std::collections::BTreeSet;
use std::fs;

use super::super::PROJECT_FILE;
use super::super::project::{Project, checked};
use super::agreement::Agreement;
use super::asked::{Answered, Asked};
use super::builder::{Builder, Scripts, content};
use super::filter::{Filter, Scope};
use super::{Failure, Global, Output, Source, revision};
use crate::catalog::{Catalog, Unsupported};
use crate::cluster::SUPERUSER;
use crate::database::{connect, unused_labels};
use crate::diagnostics::SourceFile;
use crate::files::{self, migrations::read_migrations};
use crate::kinds::enumeration::unplaced_labels;
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
    /// What there is.
    from: Catalog,
    kept: Filter,
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
        let settings = settings(global);
        let sources = [from, to];
        let mut reader = Reader {
            global,
            output,
            asked: sources.map(|source| Asked::begin(source, &settings.default_schema)),
            digest: None,
            project: None,
            builder: Builder::new(global),
            round_trips: 0,
        };
        let agreement = Agreement::new(sources, scope, &settings.templates, global);
        if let Some(agreement) = &agreement
            && reader.agrees(agreement)?
        {
            return Ok(Self {
                names: sources.map(ToString::to_string),
                plan: Plan::default(),
                unsupported: BTreeSet::new(),
                from: Catalog::new(settings.default_schema),
                kept: Filter::new(scope, settings.exclude.iter())?,
                round_trips: reader.round_trips,
            });
        }
        let comparison = reader.compare(sources, scope)?;
        if let Some(agreement) = agreement
            && comparison.is_empty()
        {
            reader.keep(&agreement);
        }
        Ok(comparison)
    }

    /// The schema that unqualified names mean.
    pub fn default_schema(&self) -> &str {
        &self.from.default_schema
    }

    /// Whether what there is has stayed what it was when it was compared.
    pub fn holds_for(&self, mut now: Catalog) -> bool {
        self.kept.apply(&mut now);
        now.objects == self.from.objects && now.depends == self.from.depends
    }

    /// Whether anything differs, what no statement can change not counted.
    pub fn differs(&self) -> bool {
        !self.plan.is_empty() || self.plan.refusals().next().is_some()
    }

    /// Whether there is nothing at all to say.
    fn is_empty(&self) -> bool {
        self.plan.is_empty() && self.plan.notes.is_empty() && self.unsupported.is_empty()
    }
}

/// What `tablec.toml` says, if it says so; it is read as a whole, and judged, later.
fn settings(global: &Global) -> crate::spec::Project {
    let text = global
        .project_dir()
        .ok()
        .and_then(|dir| fs::read_to_string(dir.join(PROJECT_FILE)).ok());
    let file = text.map(|text| SourceFile::new(PROJECT_FILE, text));
    let (spec, _) = crate::spec::read(file.as_slice());
    spec.project
}

struct Reader<'a> {
    global: &'a Global,
    output: &'a mut Output,
    asked: [Option<Asked>; 2],
    /// Of a database that was read.
    digest: Option<[u8; 32]>,
    project: Option<Project>,
    builder: Builder<'a>,
    round_trips: u64,
}

impl Reader<'_> {
    /// Whether it is known that the first side, a database, agrees with the spec.
    fn agrees(&mut self, agreement: &Agreement) -> Result<bool, Failure> {
        let Some(known) = agreement.database() else {
            return Ok(false);
        };
        let answered = self.answer(0)?;
        let agrees = answered.reading.digest() == known;
        if agrees {
            self.round_trips = answered.session.round_trips();
        }
        self.asked[0] = Some(Asked::Done(Box::new(answered)));
        Ok(agrees)
    }

    fn keep(&self, agreement: &Agreement) {
        if let (Some(project), Some(digest)) = (&self.project, self.digest)
            && project.is_clean
        {
            agreement.keep(project, digest);
        }
    }

    fn compare(&mut self, [from, to]: [&Source; 2], scope: &Scope) -> Result<Comparison, Failure> {
        let sides = [self.side(0, from)?, self.side(1, to)?];
        let own = self.project.iter();
        let own = own.flat_map(|project| &project.spec.project.exclude);
        let kept = Filter::new(scope, own)?;
        let [mut from_catalog, mut to_catalog] = self.comparable(sides)?;
        let mut unsupported = std::mem::take(&mut from_catalog.unsupported);
        unsupported.append(&mut to_catalog.unsupported);
        kept.apply(&mut from_catalog);
        kept.apply(&mut to_catalog);
        let labels = unplaced_labels(&from_catalog, &to_catalog);
        if let Source::Database(url) = from
            && !labels.is_empty()
        {
            from_catalog.unused_labels = unused_labels(&connect(url)?, labels, &from_catalog)?;
        }
        Ok(Comparison {
            names: [from, to].map(ToString::to_string),
            plan: self.plan(&from_catalog, &to_catalog)?,
            unsupported,
            from: from_catalog,
            kept,
            round_trips: self.round_trips,
        })
    }

    fn side(&mut self, which: usize, source: &Source) -> Result<Side, Failure> {
        match source {
            Source::Spec => Ok(Side::Written(self.spec(which)?)),
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
        let answered = self.answer(which)?;
        let (session, reading) = (answered.session, answered.reading);
        self.digest = Some(reading.digest());
        let catalog = reading.catalog(&session)?;
        self.round_trips += session.round_trips();
        Ok(Side::Live(catalog, session.major()))
    }

    fn answer(&mut self, which: usize) -> Result<Answered, Failure> {
        let asked = self.asked[which].take();
        asked.map_or_else(|| Err(Failure::new("no database was read")), Asked::answer)
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
        spec: Catalog,
        live: &Catalog,
        major: u32,
    ) -> Result<Catalog, Failure> {
        plan::compare(spec, live, |spec| self.in_the_shadow(spec, major))
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

    /// The second side can have it; the first can't, as the second may be the spec too.
    fn spec(&mut self, which: usize) -> Result<Catalog, Failure> {
        let catalog = &mut self.project()?.spec.catalog;
        Ok(match which {
            0 => catalog.clone(),
            _ => std::mem::take(catalog),
        })
    }

    fn project(&mut self) -> Result<&mut Project, Failure> {
        if self.project.is_none() {
            let project = Project::load(self.global, self.output)?;
            self.builder.remember_in(&project.dir);
            self.project = Some(project);
        }
        self.project
            .as_mut()
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
    Ok(plan::plan(from, to, templates)?)
}
