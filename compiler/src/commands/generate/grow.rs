use std::path::PathBuf;

use super::super::{Failure, Project};
use super::{Args, rebase};
use crate::catalog::Catalog;
use crate::files::migrations::{read_lock, read_migrations};
use crate::migrations::{FOLDER, LOCK_FILE, Lock, Migration, Problem, grow, problems};
use crate::outputs::Change;
use crate::plan::{self, Hazard, Note, Plan, dependencies};
use crate::render::File;

/// The migrations as they ought to be.
pub struct Next {
    /// New migrations, and the lock.
    pub files: Vec<File>,
    /// A migration that is written anew under another number.
    pub removed: Vec<Change>,
    /// What a person should know.
    pub notes: Vec<Note>,
    /// Whether there was nothing to do, and nothing to say.
    pub is_settled: bool,
}

/// The files and the lock do not fit together.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error("the migrations and their lock file do not fit together; nothing has been written")]
pub struct BadMigrations {
    #[related]
    problems: Vec<Problem>,
}

/// The migrations that lead from the state that the lock knows to the spec.
pub fn next(project: &Project, args: &Args) -> Result<Next, Failure> {
    let folder = project.migrations();
    let mut files = read_migrations(&folder)?;
    let (lock, removed) = match &args.rebase {
        Some(name) => rebase::rebase(&folder, &mut files, name)?,
        None => (read_lock(&folder)?, Vec::new()),
    };
    let lock = settled(lock, &files, args.accept_edits)?;
    let plan = plan(project, state(project, &lock))?;
    args.allow.check(&plan, &[Hazard::DeletesData])?;
    let (lock, migrations) = grown(project, lock, args.name.as_deref(), &plan)?;
    Ok(Next {
        files: written(&lock, migrations)?,
        removed,
        is_settled: plan.is_empty() && plan.notes.is_empty(),
        notes: plan.notes,
    })
}

/// What the migrations build.
fn state(project: &Project, lock: &Lock) -> Catalog {
    if lock.migrations.is_empty() {
        plan::empty(&project.spec.project.default_schema)
    } else {
        lock.catalog.clone()
    }
}

/// The lock with the migrations that somebody wrote by hand, and with edits where they are accepted.
pub fn settled(mut lock: Lock, files: &[Migration], accept_edits: bool) -> Result<Lock, Failure> {
    if accept_edits {
        lock = relisted(lock, files);
    }
    let problems = problems(files, &lock);
    if !problems.is_empty() {
        return Err(BadMigrations { problems }.into());
    }
    let by_hand: Vec<_> = files
        .iter()
        .filter(|file| !lock.lists(&file.name))
        .collect();
    for file in by_hand {
        lock.list(file);
    }
    Ok(lock)
}

fn relisted(lock: Lock, files: &[Migration]) -> Lock {
    let mut fresh = Lock {
        migrations: Vec::new(),
        catalog: lock.catalog,
    };
    for listed in lock.migrations {
        match files.iter().find(|file| file.name == listed.name) {
            Some(file) => fresh.list(file),
            None => fresh.migrations.push(listed),
        }
    }
    fresh
}

fn plan(project: &Project, mut from: Catalog) -> Result<Plan, Failure> {
    let mut to = project.spec.catalog.clone();
    dependencies::fill(&mut from);
    dependencies::fill(&mut to);
    let plan = plan::plan(&from, &to, &project.templates)?;
    let refusals: Vec<_> = plan
        .refusals()
        .map(|(id, reason)| format!("{id}: {reason}"))
        .collect();
    if refusals.is_empty() {
        return Ok(plan);
    }
    Err(Failure::new(format!(
        "nothing has been written: the change can't be made as it is\n{}",
        refusals.join("\n")
    )))
}

/// The migrations that the plan fills, and the lock that knows them.
fn grown(
    project: &Project,
    lock: Lock,
    about: Option<&str>,
    plan: &Plan,
) -> Result<(Lock, Vec<Migration>), Failure> {
    if plan.is_empty() {
        return Ok((lock, Vec::new()));
    }
    let numbers = lock.migrations.iter().map(|listed| listed.name.number);
    let number = numbers.max().unwrap_or(0) + 1;
    let growth = grow(
        lock,
        number,
        about,
        plan,
        &project.spec.catalog,
        &project.templates,
    )?;
    Ok((growth.lock, growth.migrations))
}

fn written(lock: &Lock, migrations: Vec<Migration>) -> Result<Vec<File>, Failure> {
    let text = lock
        .to_text()
        .map_err(|error| Failure::new(format!("could not write the lock file: {error}")))?;
    let folder = PathBuf::from(FOLDER);
    let migrations = migrations
        .into_iter()
        .map(|new| File::scaffold(folder.join(new.name.to_string()), new.text));
    Ok(migrations
        .chain([File::new(folder.join(LOCK_FILE), text)])
        .collect())
}
