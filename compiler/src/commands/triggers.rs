//! `tablec check --triggers`: how well triggers, policies and functions are tested.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::test::{Progress as Bar, Project, Serving};
use super::{Failure, Global, Outcome, Output, remembered};
use crate::catalog::Id;
use crate::diagnostics::Diagnostic;
use crate::kinds::event_trigger::EventTrigger;
use crate::kinds::trigger::Trigger;
use crate::plan::create_trigger;
use crate::proofs::report::{Report, Required};
use crate::proofs::{Cache, Examination, Kind, Level, Progress, Reasons, declared, examine};
use crate::render::File;
use crate::spec::Spec;
use crate::templates::{TemplateError, Templates};

/// Where verdicts are remembered.
const CACHE: &str = "proofs.json";

/// How triggers are checked.
#[derive(Debug, clap::Args)]
pub struct How {
    /// The least level: `named` in a suite, `fired` in one, or `proved`: a suite fails with each mutant [default: what tablec.toml says]
    #[arg(long, value_name = "LEVEL")]
    require: Option<Level>,
    /// Stop trying mutants after so many seconds; what was not tried is not proved
    #[arg(long, value_name = "SECONDS")]
    max_time: Option<u64>,
    /// Also write the report to a file: Markdown, HTML or JSON, as its name ends
    #[arg(long, value_name = "FILE")]
    report: Vec<PathBuf>,
    /// Try all mutants again, whatever is known from before
    #[arg(long)]
    no_cache: bool,
    #[command(flatten)]
    serving: Serving,
}

/// What became of a check.
pub(super) struct Verdict {
    /// For programs.
    pub data: serde_json::Value,
    /// For people.
    pub text: String,
    /// Whether all is tested as well as it has to be.
    pub passed: bool,
}

/// Checks them on a server, and reports.
pub(super) fn run(args: &How, global: &Global, output: &mut Output) -> super::Result {
    let verdict = verdict(args, global, output)?;
    if output.is_json() {
        output.json(&verdict.data)?;
    } else {
        output.print(&verdict.text)?;
    }
    Ok(Outcome::found(!verdict.passed))
}

/// Checks them on a server.
pub(super) fn verdict(
    args: &How,
    global: &Global,
    output: &mut Output,
) -> Result<Verdict, Failure> {
    let forms = args.report.iter().map(|path| Form::of(path));
    let forms = forms.collect::<Result<Vec<_>, _>>()?;
    let project = Project::open(global)?;
    let spec = super::Project::load(global, output)?.spec;
    let settings = Settings::of(&spec, args.require);
    let required = &settings.required;
    let suites = project.all_suites()?;
    let stage = args.serving.stage(&project, output)?;
    let kept = if args.no_cache {
        Cache::default()
    } else {
        load(project.dir())
    };
    let bars = Bars::new(output.shows_progress());
    let evidence = examine(
        &stage,
        &suites,
        Examination {
            level: required.values().copied().max().unwrap_or_default(),
            jobs: args.serving.jobs.count(),
            files: &|path| project.read(path),
            deadline: args
                .max_time
                .map(|seconds| Instant::now() + Duration::from_secs(seconds)),
            cache: &kept,
            reasons: &settings.reasons,
            heard: &|progress| bars.hear(progress),
        },
    )?;
    bars.finish();
    if evidence.cache != Cache::default() && evidence.cache != kept {
        save(project.dir(), &evidence.cache)?;
    }
    let report = Report::new(&evidence, required);
    for (form, path) in forms.into_iter().zip(&args.report) {
        form.write(&report, path)?;
    }
    Ok(Verdict {
        data: serde_json::to_value(&report).unwrap_or_default(),
        text: report.human(),
        passed: report.passed,
    })
}

/// What a report looks like.
#[derive(Clone, Copy)]
enum Form {
    Markdown,
    Html,
    Json,
}

impl Form {
    /// As the file's name says. That it cannot be written is said before all else is done.
    fn of(path: &Path) -> Result<Self, Failure> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(Failure::with_help(
                format!(
                    "could not write {}: there is no folder {}",
                    path.display(),
                    folder.display()
                ),
                "make the folder first",
            ));
        }
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("md") => Ok(Self::Markdown),
            Some("html") => Ok(Self::Html),
            Some("json") => Ok(Self::Json),
            _ => Err(Failure::with_help(
                format!("what is to be written to {} is not clear", path.display()),
                "end its name in .md, .html or .json",
            )),
        }
    }

    fn write(self, report: &Report<'_>, path: &Path) -> Result<(), Failure> {
        let templates = Templates::embedded("public");
        let failed =
            |error: TemplateError| Failure::new(format!("could not make the report: {error}"));
        let text = match self {
            Self::Markdown => report.markdown(&templates).map_err(failed)?,
            Self::Html => report.html(&templates).map_err(failed)?,
            Self::Json => serde_json::to_string_pretty(report).unwrap_or_default() + "\n",
        };
        fs::write(path, text).map_err(|error| Failure::file("write", path, &error))
    }
}

fn load(dir: &Path) -> Cache {
    fs::read_to_string(remembered::path(dir, CACHE))
        .map(|text| Cache::parse(&text))
        .unwrap_or_default()
}

fn save(dir: &Path, cache: &Cache) -> Result<(), Failure> {
    remembered::write(dir, CACHE, cache.to_text().as_bytes())
        .map_err(|error| Failure::file("write", &remembered::path(dir, CACHE), &error))
}

/// A bar for the suites, then one for the mutants.
struct Bars {
    shown: bool,
    now: Mutex<Option<Bar>>,
}

impl Bars {
    fn new(shown: bool) -> Self {
        Self {
            shown,
            now: Mutex::new(None),
        }
    }

    fn hear(&self, progress: Progress<'_>) {
        let mut now = self
            .now
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        match progress {
            Progress::Begin(what, len) => {
                if let Some(bar) = now.replace(Bar::new(self.shown, what, len)) {
                    bar.finish();
                }
            }
            Progress::Done(name) => now.iter().for_each(|bar| bar.step(name)),
        }
    }

    fn finish(self) {
        if let Some(bar) = self
            .now
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
        {
            bar.finish();
        }
    }
}

/// What the project says of its triggers.
#[derive(Debug, Default)]
struct Settings {
    required: Required,
    reasons: Reasons,
}

impl Settings {
    fn of(spec: &Spec, given: Option<Level>) -> Self {
        let project = &spec.project;
        let level = |text: &String| text.parse::<Level>().ok();
        let gate = given
            .or_else(|| level(&project.triggers_require))
            .unwrap_or(Level::Fired);
        let mut required = BTreeMap::from([(Kind::Trigger, gate), (Kind::EventTrigger, gate)]);
        required.extend(
            project
                .policies_require
                .as_ref()
                .and_then(level)
                .map(|level| (Kind::Policy, level)),
        );
        required.extend(
            project
                .functions_require
                .as_ref()
                .and_then(level)
                .map(|level| (Kind::Function, level)),
        );
        let reasons = spec.equivalent.iter().map(|(id, stated)| {
            (
                label(id),
                stated
                    .iter()
                    .map(|(kind, reason)| (kind.clone(), reason.clone()))
                    .collect(),
            )
        });
        Self {
            required,
            reasons: reasons.collect(),
        }
    }
}

/// As the evidence calls it: `table.trigger`, with the schema where it is not `public`.
fn label(id: &Id) -> String {
    let schema = (id.schema != "public").then_some(id.schema.as_str());
    let parts = [schema, Some(id.parent.as_str()), Some(id.name.as_str())];
    parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(".")
}

/// What can be told without a server: every trigger is declared, created and named, and nothing else is.
pub(super) fn named(
    project: &super::Project,
    output: &mut Output,
) -> Result<Vec<Diagnostic>, Failure> {
    let files = Project::at(&project.dir);
    let catalog = &project.spec.catalog;
    let mut triggers = declared::Triggers::new();
    for (id, trigger, _) in catalog.of::<Trigger>() {
        let definition = create_trigger(id, trigger, catalog, &project.templates)?;
        let place = project.spec.sources.get(id).cloned().unwrap_or_default();
        triggers.insert(
            (id.schema.clone(), id.parent.clone(), id.name.clone()),
            declared::Known { place, definition },
        );
    }
    for (id, trigger, _) in catalog.of::<EventTrigger>() {
        let definition = create_trigger(id, trigger, catalog, &project.templates)?;
        let place = project.spec.sources.get(id).cloned().unwrap_or_default();
        triggers.insert(
            (String::new(), String::new(), id.name.clone()),
            declared::Known { place, definition },
        );
    }
    let history = declared::History::of(&files.migrations()?, &catalog.default_schema);
    for place in &history.unknowable {
        output.note(format!(
            "note: {}: the triggers that this `do` block makes cannot be known without running it",
            place.file.display()
        ));
    }
    Ok(declared::findings(
        &triggers,
        &history,
        &files.all_suites()?,
    ))
}

/// The suites to begin: for tables whose triggers no suite names.
pub(super) fn scaffolds(project: &super::Project) -> Result<Vec<File>, Failure> {
    let suites = Project::at(&project.dir).all_suites()?;
    Ok(crate::proofs::scaffolds(
        &project.spec,
        &suites,
        &project.templates,
    )?)
}
