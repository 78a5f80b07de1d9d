use std::fmt::Display;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

use super::{Binaries, ClusterError};

/// The longest path of a socket's folder: `sun_path` has 104 bytes on macOS (108 on Linux), and
/// `/tablec-XXXXXX` and `/.s.PGSQL.5432.lock` come after the temporary folder.
const LONGEST_TEMPORARY_FOLDER: usize = 70;
/// A file system in memory: a thousand small files come and go there in a tenth of the time.
const MEMORY_FOLDER: &str = "/dev/shm";
/// Half of the memory is the usual size: a machine of at least 8 GiB. Containers have 64 MiB there.
const PLENTY: u64 = 4 << 30;
const START_TIMEOUT: Duration = Duration::from_mins(1);
const SCRIPT: &str = include_str!("supervisor.sh");

/// A throwaway server gives durability away for speed, and is deterministic where the server's own default is not.
/// `max_locks_per_transaction` lets one transaction create some ten thousand objects; `wal_level` is
/// what `create publication` warns about.
const SETTINGS: [&str; 18] = [
    "listen_addresses=",
    "port=5432",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "shared_buffers=32MB",
    "max_connections=200",
    "max_locks_per_transaction=512",
    "max_wal_size=1GB",
    "wal_level=logical",
    "autovacuum=off",
    "jit=off",
    "max_parallel_workers_per_gather=0",
    "timezone=UTC",
    "log_timezone=UTC",
    "lc_messages=C",
    "logging_collector=off",
    "log_destination=stderr",
];

/// The shell process that keeps one server and its folder: see `supervisor.sh`.
#[derive(Debug)]
pub(super) struct Supervisor {
    process: Child,
    /// The end of this pipe is the order to stop. Empty only while dropping.
    steps: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    folder: PathBuf,
}

impl Supervisor {
    /// Starts the process and lets it make the folder.
    pub fn spawn(binaries: &Binaries, settings: &[&str]) -> Result<Self, ClusterError> {
        let mut process = command(binaries, settings)?
            .spawn()
            .map_err(|error| failed("start `sh`", error))?;
        let (Some(steps), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(failed("start `sh`", "it has no input and output"));
        };
        let mut this = Self {
            process,
            steps: Some(steps),
            answers: BufReader::new(answers),
            folder: PathBuf::new(),
        };
        this.folder = this.answer()?.into();
        Ok(this)
    }

    /// The server's folder: `data`, `log` and the socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes one step: `initdb`, `copy PATH` or `start`. Whether it went well is the answer.
    pub fn step(&mut self, step: &str) -> Result<bool, ClusterError> {
        if let Some(steps) = &mut self.steps {
            writeln!(steps, "{step}")
                .map_err(|error| failed("talk to the server's keeper", error))?;
        }
        Ok(self.answer()? == "ok")
    }

    /// Starts the server and waits until it takes connections.
    pub fn start_server(&mut self) -> Result<(), ClusterError> {
        self.step("start")?;
        let deadline = Instant::now() + START_TIMEOUT;
        while !self.is_ready() {
            if self.folder.join("exited").exists() || Instant::now() > deadline {
                return Err(failed("start the server", self.log()));
            }
            sleep(Duration::from_millis(2));
        }
        Ok(())
    }

    /// The last lines of what the programs and the server wrote.
    pub fn log(&self) -> String {
        let log = fs::read(self.folder.join("log")).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<_> = log.lines().rev().take(20).collect();
        lines.into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    /// The server says so in the eighth line of its pid file, which is what `pg_ctl --wait` reads.
    fn is_ready(&self) -> bool {
        fs::read_to_string(self.folder.join("data/postmaster.pid")).is_ok_and(|pid| {
            pid.lines()
                .nth(7)
                .is_some_and(|status| status.trim_end() == "ready")
        })
    }

    fn answer(&mut self) -> Result<String, ClusterError> {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(1..) => Ok(line.trim_end().to_owned()),
            Ok(0) => Err(failed("make a temporary folder", self.complaint())),
            Err(error) => Err(failed("talk to the server's keeper", error)),
        }
    }

    fn complaint(&mut self) -> String {
        let mut text = String::new();
        if let Some(errors) = &mut self.process.stderr {
            let _ = errors.read_to_string(&mut text);
        }
        text.trim_end().to_owned()
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        drop(self.steps.take());
        let _ = self.process.wait();
    }
}

fn command(binaries: &Binaries, settings: &[&str]) -> Result<Command, ClusterError> {
    let mut command = Command::new("/bin/sh");
    command
        .arg("-c")
        .arg(SCRIPT)
        .arg("tablec-supervisor")
        .arg(temporary_folder()?)
        .arg(binaries.dir());
    for setting in SETTINGS.iter().chain(settings) {
        command.arg("-c").arg(setting);
    }
    for (variable, _) in
        env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"PG"))
    {
        command.env_remove(variable);
    }
    // Its own process group: a Ctrl-C at the terminal is for tablec, which then closes the pipe.
    command.process_group(0).current_dir("/").env("LC_ALL", "C");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some((user, group)) = unprivileged_user()? {
        command.uid(user).gid(group);
    }
    Ok(command)
}

/// PostgreSQL refuses to run as root: user and group to become then. Standard library: groups are cleared with it.
fn unprivileged_user() -> Result<Option<(u32, u32)>, ClusterError> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    let ids = |name| Some((id("-u", name)?, id("-g", name)?));
    match ["postgres", "nobody"].into_iter().find_map(ids) {
        Some(ids) => Ok(Some(ids)),
        None => Err(ClusterError::NoUnprivilegedUser),
    }
}

fn id(which: &str, user: &str) -> Option<u32> {
    let output = Command::new("id").args([which, user]).output().ok()?;
    String::from_utf8(output.stdout)
        .ok()?
        .trim_end()
        .parse()
        .ok()
}

/// `TMPDIR` where its path is short enough and the server's user may write, else memory where there is plenty, else `/tmp`.
fn temporary_folder() -> Result<PathBuf, ClusterError> {
    let own = env::var_os("TMPDIR")
        .map(PathBuf::from)
        .filter(|dir| open_to_server(dir));
    let memory = Path::new(MEMORY_FOLDER);
    let roomy = rustix::fs::statvfs(memory).is_ok_and(|fs| fs.f_bavail * fs.f_frsize >= PLENTY);
    [
        own,
        roomy.then(|| memory.to_owned()),
        Some(PathBuf::from("/tmp")),
    ]
    .into_iter()
    .flatten()
    .find(|dir| dir.as_os_str().len() <= LONGEST_TEMPORARY_FOLDER && dir.is_dir())
    .ok_or_else(|| ClusterError::PathTooLong(env::temp_dir()))
}

/// Root's temporary folder may be its own; the server runs as somebody else.
fn open_to_server(dir: &Path) -> bool {
    let open = || fs::metadata(dir).is_ok_and(|dir| dir.permissions().mode() & 0o003 == 0o003);
    !rustix::process::geteuid().is_root() || open()
}

pub(super) fn failed(step: &'static str, reason: impl Display) -> ClusterError {
    ClusterError::Start {
        step,
        reason: reason.to_string(),
    }
}
