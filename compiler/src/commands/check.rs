mod fresh;
mod replay;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use walkdir::WalkDir;

use super::{Failure, Global, Outcome, Output, Project, triggers};
use crate::checks::{self, driver_dependencies};
use crate::diagnostics::{Diagnostic, SourceFile};
use crate::files::workspace::read_workspace;
use crate::kinds::policy::Policy;
use crate::kinds::trigger::Trigger;
use crate::render::rust;

/// Check that what is generated is fresh and complete, that the migrations build the spec, and that triggers are tested
///
/// Also: that the migrations are as they were written, and that no package but the generated one depends on a database
/// driver. The migrations are replayed in a throwaway PostgreSQL server, from the programs that are installed here.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  tablec check
  tablec check --offline            what can be told without a PostgreSQL server
  tablec check --triggers --require proved

Exit codes: 0 all is well, 1 findings, 2 could not do its work.")]
pub struct Args {
    /// Only check how well triggers, policies and functions are tested
    #[arg(long, conflicts_with = "offline")]
    triggers: bool,
    /// Start no server: do not replay the migrations, and run no tests
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    how: triggers::How,
}

pub(super) fn run(args: &Args, global: &Global, output: &mut Output) -> super::Result {
    if args.triggers {
        return triggers::run(&args.how, global, output);
    }
    let project = Project::load(global, output)?;
    let mut found = fresh::findings(&project)?;
    found.extend(parity(&project, found.is_empty())?);
    found.extend(isolation(&project)?);
    found.extend(triggers::named(&project, output)?);
    if !args.offline {
        found.extend(replay::findings(&project, &found, global, output)?);
    }
    let sources = sources(&project.dir, &found);
    let tested = (!args.offline && needs_tests(&project))
        .then(|| triggers::verdict(&args.how, global, output))
        .transpose()?;
    if output.is_json() {
        let findings =
            crate::diagnostics::to_json(&found, &crate::diagnostics::Sources::new(&sources));
        output.json(
            &json!({ "findings": findings, "tests": tested.as_ref().map(|verdict| &verdict.data) }),
        )?;
    } else {
        output.findings(&found, &sources)?;
        if let Some(verdict) = &tested {
            output.print(&verdict.text)?;
        }
    }
    let failed = !found.is_empty() || tested.is_some_and(|verdict| !verdict.passed);
    if !failed {
        output.note("all is well");
    }
    Ok(Outcome::found(failed))
}

/// Tables without a row type, port, repository or factory, and these without a table. A file that is missing has been named
/// already where what is generated is not fresh.
fn parity(project: &Project, fresh: bool) -> Result<Vec<Diagnostic>, Failure> {
    let out = Path::new(&project.spec.project.rust.out);
    let files = rust_files(&project.dir, &out.join("src"))?;
    let mut found = checks::parity(&rust::context(&project.spec), out, &files);
    found.retain(|diagnostic| fresh || diagnostic.place.file.starts_with(out));
    Ok(found)
}

fn rust_files(dir: &Path, folder: &Path) -> Result<BTreeMap<PathBuf, String>, Failure> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(dir.join(folder))
        .into_iter()
        .filter_map(std::result::Result::ok)
    {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text =
                fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
            files.insert(path.strip_prefix(dir).unwrap_or(path).to_owned(), text);
        }
    }
    Ok(files)
}

/// Packages other than the generated one that talk to a database.
fn isolation(project: &Project) -> Result<Vec<Diagnostic>, Failure> {
    let workspace = read_workspace(&project.dir)
        .map_err(|error| Failure::new(format!("could not read the workspace: {error}")))?;
    let rust = &project.spec.project.rust;
    let allowed = [
        std::slice::from_ref(&rust.crate_name),
        &rust.driver_packages,
    ]
    .concat();
    Ok(driver_dependencies(
        &workspace.packages,
        workspace.root.as_ref(),
        &allowed,
    ))
}

/// Whether the spec has something that tests have to prove.
fn needs_tests(project: &Project) -> bool {
    let catalog = &project.spec.catalog;
    catalog.of::<Trigger>().next().is_some() || catalog.of::<Policy>().next().is_some()
}

/// The files that findings point into. One that can't be read has no excerpt.
fn sources(dir: &Path, found: &[Diagnostic]) -> Vec<SourceFile> {
    let paths: BTreeSet<_> = found
        .iter()
        .map(|diagnostic| &diagnostic.place.file)
        .collect();
    paths
        .into_iter()
        .filter_map(|path| {
            Some(SourceFile::new(
                path,
                fs::read_to_string(dir.join(path)).ok()?,
            ))
        })
        .collect()
}
