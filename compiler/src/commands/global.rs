use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Failure;

/// The name of the file that makes a folder a project.
pub const PROJECT_FILE: &str = "tablec.toml";

/// The options that every command has.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The project: the folder of `tablec.toml` [default: the nearest one upwards]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        help_heading = "Global options"
    )]
    pub project: Option<PathBuf>,
    /// Text for people, or one JSON document on standard output
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        help_heading = "Global options"
    )]
    pub format: Format,
    /// Whether to colour the output; `auto` is on a terminal, and honours `NO_COLOR`
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        help_heading = "Global options"
    )]
    pub color: Color,
    /// A server for the shadow database, in place of a throwaway one: a database is made there, and dropped again
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "TABLEC_SHADOW_URL",
        hide_env_values = true,
        help_heading = "Global options"
    )]
    pub shadow_url: Option<String>,
    /// Only results and errors: no progress, no notes, no summary
    #[arg(long, short, global = true, help_heading = "Global options")]
    pub quiet: bool,
}

/// Who reads the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// People.
    #[default]
    Human,
    /// Programs.
    Json,
    /// psql: nothing but SQL; `tablec diff` only.
    Sql,
    /// Test harnesses: TAP; `tablec test` only.
    Tap,
    /// Build servers: JUnit's XML; `tablec test` only.
    Junit,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Global {
    /// The shadow server that the options name.
    pub fn shadow_url(&self) -> Option<&str> {
        self.shadow_url.as_deref().filter(|url| !url.is_empty())
    }

    /// The project's folder.
    pub fn project_dir(&self) -> Result<PathBuf, Failure> {
        match &self.project {
            Some(dir) => given(dir),
            None => nearest(),
        }
    }
}

fn given(dir: &Path) -> Result<PathBuf, Failure> {
    if dir.join(PROJECT_FILE).exists() {
        return Ok(dir.to_owned());
    }
    Err(Failure::with_help(
        format!("there is no {PROJECT_FILE} in {}", dir.display()),
        "`tablec init` makes a project, `tablec import` makes one from a database",
    ))
}

fn nearest() -> Result<PathBuf, Failure> {
    let here = std::env::current_dir()
        .map_err(|error| Failure::new(format!("the working directory is not there: {error}")))?;
    here.ancestors()
        .find(|dir| dir.join(PROJECT_FILE).exists())
        .map(Path::to_owned)
        .ok_or_else(|| {
            Failure::with_help(
                format!(
                    "there is no {PROJECT_FILE} in {} or above it",
                    here.display()
                ),
                "name the project's folder with `--project DIR`; `tablec init` makes a new one",
            )
        })
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}
