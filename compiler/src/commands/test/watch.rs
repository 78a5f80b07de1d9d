use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::project::SUITES;
use super::{Args, Crew, Project, run_suites, show};
use crate::commands::{Failure, Global, Output};
use crate::interrupt::was_interrupted;
use crate::migrations;
use crate::proofs::{Stage, StageError};

const INTERVAL: Duration = Duration::from_millis(300);

type Seen = BTreeMap<PathBuf, SystemTime>;

/// Runs until somebody interrupts it.
pub fn watch(
    args: &Args,
    project: &Project,
    global: &Global,
    output: &mut Output,
) -> crate::commands::Result {
    let mut seen = (Seen::new(), Seen::new());
    let mut stage = None;
    loop {
        let now = (
            look(project.dir(), migrations::FOLDER),
            look(project.dir(), SUITES),
        );
        if now != seen || stage.is_none() {
            if now.0 != seen.0 {
                stage = None;
            }
            seen = now;
            match round(args, project, global, output, stage.take()) {
                Ok(built) => stage = Some(built),
                Err(failure) if was_interrupted() => return Err(failure),
                Err(failure) => output.report_failure(&failure),
            }
            output.note("waiting for a change; Ctrl-C ends it");
            output.flush()?;
            while stage.is_none()
                && (
                    look(project.dir(), migrations::FOLDER),
                    look(project.dir(), SUITES),
                ) == seen
            {
                pause()?;
            }
        }
        pause()?;
    }
}

/// Ctrl-C ends it; the stage is dropped on the way out.
fn pause() -> Result<(), Failure> {
    sleep(INTERVAL);
    if was_interrupted() {
        return Err(StageError::Interrupted.into());
    }
    Ok(())
}

fn round(
    args: &Args,
    project: &Project,
    global: &Global,
    output: &mut Output,
    stage: Option<Stage>,
) -> Result<Stage, Failure> {
    let suites = project.suites(&args.filter)?;
    let stage = match stage {
        Some(stage) => stage,
        None => args.serving.stage(project, output)?,
    };
    let crew = Crew {
        jobs: args.serving.jobs.count(),
        files: &|path| project.read(path),
        heard: &|_| (),
    };
    let runs = run_suites(&stage, &stage.template(), &suites, crew)?;
    show(&runs, global.format, output)?;
    Ok(stage)
}

fn look(dir: &Path, folder: &str) -> Seen {
    let files = WalkDir::new(dir.join(folder))
        .into_iter()
        .filter_map(Result::ok);
    files
        .filter_map(|entry| {
            Some((
                entry.path().to_owned(),
                entry.metadata().ok()?.modified().ok()?,
            ))
        })
        .collect()
}
