use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::database::Database;
use super::spinner::Spinner;
use super::{Failure, Global, Outcome, Output};
use crate::catalog::Catalog;
use crate::database::{Options, Session, introspect};
use crate::diagnostics::{Severity, SourceFile};
use crate::files::load;
use crate::outputs::{self, Change};
use crate::render::File;
use crate::shadow::Shadow;
use crate::spec::write::{Update, update};
use crate::spec::{self, Project, Spec};

/// Make a project from a database or a .sql file
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tablec import --database-url postgres://localhost/app --project app-db
  tablec import schema.sql --project app-db

What the model has no word for is named, never dropped in silence; with --strict it is an error.")]
pub struct Args {
    /// .sql files that build the schema, in place of a database: built one after the other in a throwaway server
    #[arg(value_name = "FILE", conflicts_with = "database_url")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    database: Database,
    /// Bring the project that is there up to date: what differs is rewritten, what is gone is removed
    #[arg(long)]
    force: bool,
    /// Fail where something is found that the model has no word for
    #[arg(long)]
    strict: bool,
    /// The project's name [default: the folder's]
    #[arg(long)]
    name: Option<String>,
    /// The schema that names without one mean [default: public]
    #[arg(long, value_name = "SCHEMA")]
    default_schema: Option<String>,
    /// The role that will build the schema, and whose name is not written [default: the one that connects]
    #[arg(long, value_name = "ROLE")]
    owner: Option<String>,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    let folder = global.project.clone().unwrap_or_else(|| ".".into());
    let (mut old, files) = existing(&folder, args)?;
    if let Some(schema) = &args.default_schema {
        old.project.default_schema.clone_from(schema);
    }
    let spinner = Spinner::new(output, "reading the schema");
    let found = read(args, &old.project, global)?;
    drop(spinner);
    if old.sources.is_empty() && files.is_empty() {
        old.project = project(args, &folder, &old.project, found.major)?;
    }
    if args.strict && !found.catalog.unsupported.is_empty() {
        unsupported(output, &found.catalog);
        return Err(Failure::with_help(
            format!(
                "{} things have no form in a spec",
                found.catalog.unsupported.len()
            ),
            "without `--strict` they are named and left out",
        ));
    }
    let spinner = Spinner::new(output, "writing the project");
    let update = update(&old, &files, &found.catalog);
    let changes = changes(&folder, &old.project, update.clone())?;
    fs::create_dir_all(&folder)
        .map_err(|error| Failure::file("create the folder", &folder, &error))?;
    outputs::write(&folder, &changes)?;
    drop(spinner);
    report(output, &folder, &found, &update, &changes)?;
    Ok(Outcome::Clean)
}

/// What was read, and from where.
struct Found {
    catalog: Catalog,
    major: u32,
    round_trips: u64,
}

fn read(args: &Args, project: &Project, global: &Global) -> Result<Found, Failure> {
    let shadow;
    let session = if args.files.is_empty() {
        args.database.connect()?
    } else {
        shadow = Shadow::start(global.shadow_url(), project.postgresql)?;
        built(&shadow, &args.files)?
    };
    let options = Options {
        default_schema: project.default_schema.clone(),
    };
    let before = session.round_trips();
    let catalog = introspect(&session, &options)?;
    let round_trips = session.round_trips() - before;
    let owner = args.owner.clone().or(catalog.role.clone());
    Ok(Found {
        catalog: catalog.built_by(&owner.unwrap_or_default()),
        major: session.major(),
        round_trips,
    })
}

fn built(shadow: &Shadow, files: &[PathBuf]) -> Result<Session, Failure> {
    let mut scripts = Vec::new();
    for path in files {
        let text = fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
        scripts.push((path.display().to_string(), text));
    }
    Ok(shadow.built(
        scripts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str())),
    )?)
}

/// The project that is in the folder; a folder with anything in it is refused without `--force`.
fn existing(folder: &Path, args: &Args) -> Result<(Spec, Vec<SourceFile>), Failure> {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| {
        !entries.any(|entry| {
            entry.is_ok_and(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        })
    });
    if is_empty {
        return Ok((Spec::default(), Vec::new()));
    }
    if !args.force {
        return Err(Failure::with_help(
            format!("the folder {} is not empty", folder.display()),
            "name an empty or a new one with `--project DIR`, or bring the project that is there up to date with `--force`",
        ));
    }
    if !folder.join("tablec.toml").exists() {
        return Ok((Spec::default(), Vec::new()));
    }
    let (files, mut wrong) = load(folder);
    let (spec, found) = spec::read(&files);
    wrong.extend(
        found
            .into_iter()
            .filter(|found| found.severity == Severity::Error),
    );
    match wrong.into_iter().next() {
        None => Ok((spec, files)),
        Some(first) => Err(Failure::with_help(
            format!(
                "the spec in {} has errors, so it can't be brought up to date: {}",
                folder.display(),
                first.message
            ),
            "`tablec generate --check` shows all of them",
        )),
    }
}

fn project(args: &Args, folder: &Path, old: &Project, major: u32) -> Result<Project, Failure> {
    let name = match &args.name {
        Some(name) => super::init::checked(name)?,
        None => name_for(folder),
    };
    let mut project = Project {
        postgresql: major.clamp(14, 18),
        ..old.clone()
    };
    project.rust.crate_name = format!("{name}-db");
    project.name = name;
    Ok(project)
}

/// The folder's name, as far as a project can have it.
fn name_for(folder: &Path) -> String {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let good = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(good).collect();
    let name = name.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    if name.is_empty() {
        "app".to_owned()
    } else {
        name.to_owned()
    }
}

fn changes(folder: &Path, project: &Project, update: Update) -> Result<Vec<Change>, Failure> {
    let mut files = update.write;
    if !folder.join("tablec.toml").exists() {
        files.push(spec::write::project_file(project));
    }
    let mut changes = Vec::new();
    for file in files {
        let new = File::scaffold(file.path, file.text);
        match fs::read_to_string(folder.join(&new.path)) {
            Ok(old) if old == new.text => {}
            Ok(old) => changes.push(Change::Replace { new, old }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                changes.push(Change::Add(new));
            }
            Err(error) => return Err(Failure::file("read", &folder.join(&new.path), &error)),
        }
    }
    changes.extend(update.remove.into_iter().map(|path| Change::Remove {
        path,
        old: String::new(),
    }));
    changes.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(changes)
}

fn report(
    output: &mut Output,
    folder: &Path,
    found: &Found,
    update: &Update,
    changes: &[Change],
) -> Result<(), Failure> {
    let kinds = counts(&found.catalog);
    let number = |word| {
        changes
            .iter()
            .filter(|change| change.word() == word)
            .count()
    };
    if output.is_json() {
        return output.json(&json!({
            "folder": folder,
            "found": kinds,
            "unsupported": found.catalog.unsupported,
            "added": number("add"),
            "replaced": number("replace"),
            "removed": number("remove"),
            "unchanged": update.unchanged,
            "round_trips": found.round_trips,
        }));
    }
    let summary: Vec<String> = kinds
        .iter()
        .map(|(kind, number)| format!("{number} {kind}"))
        .collect();
    output.note(format_args!(
        "found: {}",
        if summary.is_empty() {
            "nothing".to_owned()
        } else {
            summary.join(", ")
        }
    ));
    unsupported(output, &found.catalog);
    output.note(format_args!(
        "{}: {} files added, {} replaced, {} removed, {} unchanged ({} round trips to the server)",
        folder.display(),
        number("add"),
        number("replace"),
        number("remove"),
        update.unchanged,
        found.round_trips,
    ));
    Ok(())
}

fn unsupported(output: &mut Output, catalog: &Catalog) {
    if !catalog.unsupported.is_empty() {
        output.note(format_args!(
            "not in the spec, because it has no form for them ({}):",
            catalog.unsupported.len()
        ));
    }
    for object in &catalog.unsupported {
        output.note(format_args!("  {} {}", object.kind, object.identity));
    }
}

/// The number of objects of each kind.
fn counts(catalog: &Catalog) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for id in catalog.objects.keys() {
        *counts.entry(id.kind.word()).or_default() += 1;
    }
    counts
}
