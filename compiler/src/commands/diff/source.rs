use std::convert::Infallible;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where a schema is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The project's own spec.
    Spec,
    /// The project's own migrations.
    Migrations,
    /// The spec of another folder.
    SpecIn(PathBuf),
    /// Another folder of migrations.
    MigrationsIn(PathBuf),
    /// A database, by URL.
    Database(String),
    /// A file of SQL.
    Sql(PathBuf),
    /// The project's spec as git has it.
    Revision(String),
    /// Migrations that a role ran on a database: names and texts.
    Applied {
        /// The migrations.
        scripts: Vec<(String, String)>,
        /// The role.
        owner: String,
    },
}

impl FromStr for Source {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let path = Path::new(text);
        Ok(match text {
            "spec" => Self::Spec,
            "migrations" => Self::Migrations,
            _ if text.contains("://") || (text.contains('=') && !path.exists()) => {
                Self::Database(text.to_owned())
            }
            _ => match text.strip_prefix("git:") {
                Some(revision) => Self::Revision(revision.to_owned()),
                None if path.extension().is_some_and(|extension| extension == "sql") => {
                    Self::Sql(path.to_owned())
                }
                None if path.join(super::super::PROJECT_FILE).exists() => {
                    Self::SpecIn(path.to_owned())
                }
                None => Self::MigrationsIn(path.to_owned()),
            },
        })
    }
}

/// For people; without the password that a URL may have.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec => write!(f, "the spec"),
            Self::Migrations => write!(f, "the migrations"),
            Self::SpecIn(path) => write!(f, "the spec in {}", path.display()),
            Self::MigrationsIn(path) => write!(f, "the migrations in {}", path.display()),
            Self::Database(_) => write!(f, "the database"),
            Self::Sql(path) => write!(f, "{}", path.display()),
            Self::Revision(revision) => write!(f, "the spec at {revision}"),
            Self::Applied { .. } => write!(f, "what its migrations build"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_told_apart() {
        let read = |text: &str| text.parse::<Source>().unwrap_or(Source::Spec);
        assert_eq!(read("spec"), Source::Spec);
        assert_eq!(
            read("postgres://h/d"),
            Source::Database("postgres://h/d".to_owned())
        );
        assert_eq!(
            read("host=h dbname=d"),
            Source::Database("host=h dbname=d".to_owned())
        );
        assert_eq!(read("git:HEAD~1"), Source::Revision("HEAD~1".to_owned()));
        assert_eq!(read("a/old.sql"), Source::Sql("a/old.sql".into()));
        assert_eq!(
            read("a/migrations"),
            Source::MigrationsIn("a/migrations".into())
        );
    }
}
