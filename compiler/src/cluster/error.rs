use std::path::PathBuf;

use crate::database::{ConnectError, QueryError};

/// Why there is no throwaway server.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ClusterError {
    /// The server's programs are in none of the usual places.
    #[error(
        "PostgreSQL{} is not installed here: no `initdb` and `postgres` on PATH, where pg_config points, or where packages put them",
        version(*wanted)
    )]
    #[diagnostic(help(
        "install the server (Debian, Ubuntu: `apt-get install postgresql`; macOS: `brew install postgresql@{0}`), or name the folder of its programs: `TABLEC_PG_BINDIR=/usr/lib/postgresql/{0}/bin`",
        wanted.unwrap_or(15)
    ))]
    NotInstalled {
        /// The major version that was asked for.
        wanted: Option<u32>,
    },
    /// The folder that the user named has no server.
    #[error("{} is {}, and there is no PostgreSQL server that runs", super::BINDIR_VARIABLE, .0.display())]
    #[diagnostic(help(
        "name the folder that has `initdb` and `postgres`, such as /usr/lib/postgresql/15/bin, or unset it"
    ))]
    BadFolder(PathBuf),
    /// One of PostgreSQL's programs is missing in its folder.
    #[error("`{tool}` is missing in {}", .dir.display())]
    #[diagnostic(help(
        "install PostgreSQL's client programs (Debian, Ubuntu: `apt-get install postgresql-client`)"
    ))]
    NoTool {
        /// The program.
        tool: String,
        /// The folder it was looked for in.
        dir: PathBuf,
    },
    /// Run as root, and there is nobody to run the server as.
    #[error(
        "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as"
    )]
    #[diagnostic(help("run tablec as another user, or create one: `useradd --system postgres`"))]
    NoUnprivilegedUser,
    /// No temporary folder is good for a socket.
    #[error("no temporary folder has a path short enough for a Unix socket: {}", .0.display())]
    #[diagnostic(help("set TMPDIR to a folder with a path of at most 70 bytes"))]
    PathTooLong(PathBuf),
    /// A step on the way to a running server failed.
    #[error("could not {step}: {reason}")]
    Start {
        /// What was tried.
        step: &'static str,
        /// What the program or the server's log says.
        reason: String,
    },
    /// The server runs, but could not be reached.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Connect(#[from] ConnectError),
    /// The server refused a statement such as `create database`.
    #[error(transparent)]
    Query(#[from] QueryError),
}

fn version(wanted: Option<u32>) -> String {
    wanted.map_or_else(String::new, |major| format!(" {major}"))
}
