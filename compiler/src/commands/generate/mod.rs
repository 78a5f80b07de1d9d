mod grow;
mod rebase;
mod settled;

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Allow, Failure, Global, Outcome, Output, Project, style};
use crate::files::migrations::{read_lock, read_migrations};
use crate::migrations::{FileName, Problem};
use crate::outputs::{self, Change};
use crate::render::{File, rust};

/// Write the Rust data layer and, where the schema has changed, the next migration
///
/// Nothing is written when the spec has errors. Files whose text stays the same keep their modification time, files of
/// removed tables go, and files that somebody wrote are left alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tablec generate
  tablec generate --check                    in CI: show what is stale as a diff, and write nothing
  tablec generate --name due-dates           the name of the next migration
  tablec generate --allow tasks.due_at       a migration that deletes this column's values

Exit codes: 0 done (with --check: all is fresh), 1 stale files (--check only), 2 could not do its work.")]
pub struct Args {
    /// Write nothing; show as a diff what would be written
    #[arg(long)]
    check: bool,
    /// What the next migration is about, for its file name [default: from what it changes]
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    #[command(flatten)]
    allow: Allow,
    /// Write a migration anew, after all others: one that another branch's has overtaken, and that has not run anywhere
    #[arg(long, value_name = "FILE")]
    rebase: Option<FileName>,
    /// Take migrations that were edited after they were written as they are now; none of them may have run anywhere
    #[arg(long)]
    accept_edits: bool,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    let as_ever = args.rebase.is_none() && !args.accept_edits;
    let known = as_ever.then(|| settled::settled(&global.project_dir().ok()?));
    if let Some(known) = known.flatten() {
        return show(args, &[], known.files, output);
    }
    let project = Project::load(global, output)?;
    let (next, files) = rayon::join(|| grow::next(&project, args), || rendered(&project));
    let next = next?;
    for note in &next.notes {
        output.note(note);
    }
    let mut files = files?;
    files.extend(next.files);
    let reached = settled::Reached::new(&project, &files);
    let total = reached.files;
    let mut changes = outputs::compare(&project.dir, files, &owned(&project))?;
    changes.extend(next.removed);
    if !args.check {
        outputs::write(&project.dir, &changes)?;
    }
    if next.is_settled && project.is_clean && (changes.is_empty() || !args.check) {
        reached.keep(&project);
    }
    show(args, &changes, total, output)
}

fn show(args: &Args, changes: &[Change], total: usize, output: &mut Output) -> super::Result {
    if args.check {
        show_stale(changes, output)
    } else {
        summarize(changes, total, output)
    }
}

/// All files that follow from the spec alone.
pub(super) fn rendered(project: &Project) -> Result<Vec<File>, Failure> {
    let (files, scaffolds) = rayon::join(
        || rust::render(&project.spec, &project.templates),
        || super::triggers::scaffolds(project),
    );
    let mut files = files?;
    files.extend(scaffolds?);
    Ok(files)
}

/// The folders in which a generated file that nothing renders is stale.
pub(super) fn owned(project: &Project) -> Vec<PathBuf> {
    vec![PathBuf::from(&project.spec.project.rust.out)]
}

/// What keeps the next migration from being written: edited, missing and doubled files.
pub(super) fn problems(project: &Project) -> Result<Vec<Problem>, Failure> {
    let folder = project.migrations();
    Ok(crate::migrations::problems(
        &read_migrations(&folder)?,
        &read_lock(&folder)?,
    ))
}

/// The files that are not as `generate` would write them.
pub(super) fn stale(project: &Project) -> Result<Vec<Change>, Failure> {
    let args = Args {
        check: true,
        name: None,
        allow: Allow::everything(),
        rebase: None,
        accept_edits: false,
    };
    let mut files = rendered(project)?;
    files.extend(grow::next(project, &args)?.files);
    Ok(outputs::compare(&project.dir, files, &owned(project))?)
}

fn show_stale(changes: &[Change], output: &mut Output) -> super::Result {
    if output.is_json() {
        output.json(&json!({ "stale": changes.iter().map(as_json).collect::<Vec<_>>() }))?;
        return Ok(Outcome::found(!changes.is_empty()));
    }
    for change in changes {
        output.print(style::diff(&change.unified_diff()))?;
    }
    match changes.len() {
        0 => output.note("all generated files are fresh"),
        1 => output.note("1 generated file is stale: run `tablec generate`"),
        count => output.note(format_args!(
            "{count} generated files are stale: run `tablec generate`"
        )),
    }
    Ok(Outcome::found(!changes.is_empty()))
}

pub(super) fn as_json(change: &Change) -> Value {
    json!({ "path": change.path(), "change": change.word(), "diff": change.unified_diff() })
}

/// How many files are named one by one.
const NAMED: usize = 20;

fn summarize(changes: &[Change], total: usize, output: &mut Output) -> super::Result {
    let of = |word: &str| {
        changes
            .iter()
            .filter(|change| change.word() == word)
            .map(Change::path)
            .collect::<Vec<_>>()
    };
    let (added, replaced, removed) = (of("add"), of("replace"), of("remove"));
    if output.is_json() {
        output.json(
            &json!({ "added": added, "replaced": replaced, "removed": removed, "files": total }),
        )?;
        return Ok(Outcome::Clean);
    }
    for change in changes.iter().take(NAMED) {
        output.note(format_args!(
            "{} {}",
            style::sign(change.word()),
            change.path().display()
        ));
    }
    if let Some(more) = changes.len().checked_sub(NAMED).filter(|more| *more > 0) {
        output.note(format_args!("  and {more} more"));
    }
    if changes.is_empty() {
        output.note(format_args!(
            "nothing to do: all {total} generated files are fresh"
        ));
    } else {
        let written = added.len() + replaced.len();
        output.note(format_args!(
            "wrote {written} file(s), removed {}, {total} are generated",
            removed.len()
        ));
    }
    Ok(Outcome::Clean)
}
