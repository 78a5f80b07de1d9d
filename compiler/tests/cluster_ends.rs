//! However a process ends that holds a throwaway server, neither a process nor a folder is left.
//!
//! Each test runs this test binary again, as a child that starts a server and then waits to be ended.

use std::error::Error;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

type Outcome = Result<(), Box<dyn Error>>;

/// How the child shall end by itself.
const ENDING: &str = "TABLEC_TEST_ENDING";
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
#[ignore = "the other tests run it as a child process"]
fn child() {
    let cluster = tablec_testing::cluster();
    println!("\nFOLDER {}", cluster.folder().display());
    match env::var(ENDING).as_deref() {
        Ok("panic") => panic!("as told"),
        Ok("exit") => std::process::exit(3),
        Ok("abort") => std::process::abort(),
        Ok("return") => {}
        _ => thread::sleep(PATIENCE * 2),
    }
}

#[test]
fn ended_by_a_signal() -> Outcome {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::KILL] {
        let (mut child, server) = Server::start_in_child("wait")?;
        kill_process(Pid::from_child(&child), signal)?;
        assert!(!child.wait()?.success());
        server.is_gone(&format!("{signal:?}"));
    }
    Ok(())
}

#[test]
fn ended_by_itself() -> Outcome {
    for ending in ["return", "panic", "exit", "abort"] {
        let (mut child, server) = Server::start_in_child(ending)?;
        assert_eq!(child.wait()?.success(), ending == "return", "{ending}");
        server.is_gone(ending);
    }
    Ok(())
}

/// The terminal sends Ctrl-C to all of the foreground process group.
#[test]
fn ended_with_its_process_group() -> Outcome {
    let (mut child, server) = Server::start_in_child("wait")?;
    rustix::process::kill_process_group(Pid::from_child(&child), Signal::INT)?;
    child.wait()?;
    server.is_gone("SIGINT to the group");
    Ok(())
}

/// Killed at any moment of the start: before the folder, during the copy, before the server is ready.
#[test]
fn ended_while_it_starts() -> Outcome {
    let parent = tempfile::Builder::new()
        .prefix("ends-")
        .tempdir_in("/tmp")?;
    open_to_all(parent.path())?;
    for milliseconds in (0..120).step_by(8) {
        let mut child = command("wait").env("TMPDIR", parent.path()).spawn()?;
        thread::sleep(Duration::from_millis(milliseconds));
        child.kill()?;
        child.wait()?;
        let mut output = String::new();
        // The pipe's last holder is the child itself: nothing that outlives it keeps its output open.
        child
            .stdout
            .take()
            .ok_or("no output")?
            .read_to_string(&mut output)?;
        until(
            || is_empty(parent.path()),
            &format!("{milliseconds} ms: {}", parent.path().display()),
        );
    }
    Ok(())
}

/// A server in a child process.
struct Server {
    folder: PathBuf,
    process: Pid,
    /// Open as long as the child lives, so that it can write its results.
    _output: BufReader<ChildStdout>,
}

impl Server {
    fn start_in_child(ending: &str) -> Result<(Child, Self), Box<dyn Error>> {
        let mut child = command(ending).spawn()?;
        let mut output = BufReader::new(child.stdout.take().ok_or("no output")?);
        let folder = folder(&mut output)?;
        let text = fs::read_to_string(folder.join("data/postmaster.pid"));
        // A child that ends at once takes its server with it.
        let process = text
            .ok()
            .and_then(|text| Pid::from_raw(text.lines().next()?.parse().ok()?));
        let process = process.unwrap_or(Pid::from_child(&child));
        let server = Self {
            folder,
            process,
            _output: output,
        };
        Ok((child, server))
    }

    fn is_gone(&self, how: &str) {
        until(
            || !self.folder.exists(),
            &format!("{how}: {} is still there", self.folder.display()),
        );
        until(
            || test_kill_process(self.process).is_err(),
            &format!("{how}: {:?} still runs", self.process),
        );
    }
}

fn command(ending: &str) -> Command {
    use std::os::unix::process::CommandExt;
    let mut command = program();
    command
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(ENDING, ending);
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0);
    command
}

/// This test binary, deaf to no signal: whoever runs the tests under `nohup` has all children ignore SIGHUP.
fn program() -> Command {
    let this = env::current_exe().unwrap_or_default();
    if cfg!(target_os = "linux") {
        let mut env = Command::new("env");
        env.arg("--default-signal").arg(this);
        env
    } else {
        Command::new(this)
    }
}

fn folder(output: &mut impl BufRead) -> Result<PathBuf, Box<dyn Error>> {
    for line in output.lines() {
        if let Some(folder) = line?.strip_prefix("FOLDER ") {
            return Ok(PathBuf::from(folder));
        }
    }
    Err("the child ended without a server".into())
}

fn until(done: impl Fn() -> bool, what: &str) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < deadline, "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}

fn is_empty(dir: &Path) -> bool {
    dir.read_dir()
        .is_ok_and(|mut entries| entries.next().is_none())
}

fn open_to_all(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o777))
}
