use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{ClusterError, places};

/// The programs of one PostgreSQL installation: `initdb`, `postgres`, `pg_dump` and so on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    dir: PathBuf,
    version: String,
    major: u32,
}

impl Binaries {
    /// Finds an installation: of the major version `wanted`, or else the one that the user's environment puts first
    /// (`TABLEC_PG_BINDIR`, `PATH`, `pg_config --bindir`), or else the newest in the places of the packages.
    pub fn find(wanted: Option<u32>) -> Result<Self, ClusterError> {
        let named = places::named().map(Self::named).transpose()?;
        named
            .into_iter()
            .chain(places::candidates().filter_map(|dir| Self::in_folder(&dir)))
            .find(|found| wanted.is_none_or(|major| major == found.major))
            .ok_or(ClusterError::NotInstalled { wanted })
    }

    /// The installation in a folder; none where the server's programs are not there or do not run.
    pub fn in_folder(dir: &Path) -> Option<Self> {
        let dir = real_folder(dir)?;
        let output = Command::new(dir.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let version = String::from_utf8(output.stdout).ok()?.trim_end().to_owned();
        Some(Self {
            major: major(&version)?,
            dir,
            version,
        })
    }

    /// The folder of the programs.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The major version, such as 15.
    pub fn major(&self) -> u32 {
        self.major
    }

    /// What `postgres --version` prints.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The path of one program, such as `pg_dump`.
    pub fn tool(&self, name: &str) -> Result<PathBuf, ClusterError> {
        let path = self.dir.join(name);
        if path.is_file() {
            return Ok(path);
        }
        Err(ClusterError::NoTool {
            tool: name.to_owned(),
            dir: self.dir.clone(),
        })
    }

    /// Whether a library that the server can load is installed: in `lib` beside the programs, or in the folder that
    /// PostgreSQL's own build makes there (`pkglibdir`).
    pub fn has_library(&self, name: &str) -> bool {
        let file = format!("{name}{}", env::consts::DLL_SUFFIX);
        ["../lib", "../lib/postgresql"]
            .iter()
            .any(|folder| self.dir.join(folder).join(&file).is_file())
    }

    fn named(dir: PathBuf) -> Result<Self, ClusterError> {
        Self::in_folder(&dir).ok_or(ClusterError::BadFolder(dir))
    }
}

/// The folder behind links to single programs, as in `/usr/local/bin`: all of the others are there too.
fn real_folder(dir: &Path) -> Option<PathBuf> {
    let complete = |dir: &Path| dir.join("initdb").is_file() && dir.join("postgres").is_file();
    let behind = dir
        .join("postgres")
        .canonicalize()
        .ok()?
        .parent()?
        .to_owned();
    [behind, dir.to_owned()]
        .into_iter()
        .find(|dir| complete(dir))
}

/// The major version in `postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)` or `postgres (PostgreSQL) 18beta1`.
fn major(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    let end = number
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(number.len());
    number.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(
            major("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("mysqld 8"), None);
    }
}
