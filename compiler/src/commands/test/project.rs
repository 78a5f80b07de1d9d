use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use globset::Glob;
use walkdir::{DirEntry, WalkDir};

use super::Jobs;
use crate::commands::{Failure, Global, Output};
use crate::files::migrations::read_migrations;
use crate::migrations;
use crate::proofs::{Script, Server, Stage};

/// The folder of the suites.
pub const SUITES: &str = "pgtap";

/// The files of a project that tests need.
#[derive(Debug)]
pub struct Project {
    dir: PathBuf,
}

/// Where the suites run.
#[derive(Debug, clap::Args)]
pub struct Serving {
    #[command(flatten)]
    pub jobs: Jobs,
    /// The server to make the test databases on, in place of a throwaway one; they are dropped afterwards
    #[arg(
        long,
        value_name = "URL",
        env = "TABLEC_TEST_DATABASE_URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
}

impl Project {
    pub fn open(global: &Global) -> Result<Self, Failure> {
        Ok(Self {
            dir: global.project_dir()?,
        })
    }

    /// The project in a folder.
    pub fn at(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
        }
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Reads a file by its path from the project's folder.
    pub fn read(&self, path: &Path) -> std::io::Result<String> {
        fs::read_to_string(self.dir.join(path))
    }

    pub fn migrations(&self) -> Result<Vec<Script>, Failure> {
        let folder = Path::new(migrations::FOLDER);
        let read = read_migrations(&self.dir.join(folder))?;
        let script = |migration: migrations::Migration| Script {
            path: folder.join(migration.name.to_string()),
            text: migration.text,
        };
        Ok(read.into_iter().map(script).collect())
    }

    /// All suites that the filter lets through; none is an error.
    pub fn suites(&self, filter: &[String]) -> Result<Vec<Script>, Failure> {
        let all = self.all_suites()?;
        if all.is_empty() {
            return Err(Failure::with_help(
                format!(
                    "there are no suites: no *.sql in {}",
                    self.dir.join(SUITES).display()
                ),
                "write a pgTAP script there, for each table with triggers; `tablec generate` begins them",
            ));
        }
        let wanted = filter
            .iter()
            .map(|text| wanted(text))
            .collect::<Result<Vec<_>, _>>()?;
        let suites: Vec<Script> = all
            .into_iter()
            .filter(|suite| wanted.is_empty() || wanted.iter().any(|wants| wants(&suite.path)))
            .collect();
        if suites.is_empty() {
            return Err(Failure::new(format!(
                "no suite matches {}",
                filter.join(" or ")
            )));
        }
        Ok(suites)
    }

    /// All suites, by path; none where there is no folder.
    pub fn all_suites(&self) -> Result<Vec<Script>, Failure> {
        let mut suites = Vec::new();
        for entry in WalkDir::new(self.dir.join(SUITES))
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(is_shown)
        {
            let entry = match entry {
                Err(error) if error.depth() == 0 && missing(&error) => return Ok(Vec::new()),
                entry => entry
                    .map_err(|error| Failure::new(format!("could not read the suites: {error}")))?,
            };
            if entry.file_type().is_file()
                && entry
                    .path()
                    .extension()
                    .is_some_and(|extension| extension == "sql")
            {
                suites.push(self.script(entry.path())?);
            }
        }
        Ok(suites)
    }

    fn script(&self, path: &Path) -> Result<Script, Failure> {
        let text = fs::read_to_string(path).map_err(|error| Failure::file("read", path, &error))?;
        let path = path.strip_prefix(&self.dir).unwrap_or(path).to_owned();
        Ok(Script { path, text })
    }
}

/// What begins with `_` is included by suites, what begins with `.` is nobody's.
fn is_shown(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with(['_', '.'])
}

fn missing(error: &walkdir::Error) -> bool {
    error
        .io_error()
        .is_some_and(|error| error.kind() == ErrorKind::NotFound)
}

type Wanted = Box<dyn Fn(&Path) -> bool>;

fn wanted(text: &str) -> Result<Wanted, Failure> {
    if !text.contains(['*', '?', '[', '{']) {
        let text = text.to_owned();
        return Ok(Box::new(move |path| path.to_string_lossy().contains(&text)));
    }
    let glob = Glob::new(text)
        .map_err(|error| Failure::new(format!("the filter is no pattern: {error}")))?
        .compile_matcher();
    Ok(Box::new(move |path| glob.is_match(path)))
}

impl Serving {
    /// Builds the template database on the server that was asked for.
    pub fn stage(&self, project: &Project, output: &mut Output) -> Result<Stage, Failure> {
        let migrations = project.migrations()?;
        if migrations.is_empty() {
            output.note("note: there are no migrations; the suites run in empty databases");
        }
        let server = match &self.database_url {
            Some(url) => Server::Given(url.clone()),
            None => Server::throwaway()?,
        };
        Ok(Stage::build(server, &migrations)?)
    }
}
