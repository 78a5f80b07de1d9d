//! `tablec test` and `tablec check --triggers` as somebody at a terminal runs them: watched, interrupted, short of time.

use std::error::Error;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

use rustix::process::{Pid, Signal, kill_process};
use tablec_testing::Database;

use crate::tool::{Project, Run};

type Outcome = Result<(), Box<dyn Error>>;

const PATIENCE: Duration = Duration::from_mins(1);
const INTERRUPTED: i32 = 130;

const SCHEMA: &str = "\
create table t (id int primary key, name text not null, changes int not null default 0);
create function t_count() returns trigger language plpgsql as $$ begin new.changes := old.changes + 1; return new; end $$;
create trigger t_count before update on t for each row execute function t_count();
";
const GOOD: &str = "\
-- t_count
begin;
select plan(2);
insert into t values (1, 'a');
update t set name = 'b';
select is(changes, 1, 'a change is counted') from t;
select is(name, 'b', 'and written') from t;
select * from finish();
rollback;
";

fn project() -> Project {
    let project = Project::new();
    project.write("migrations/0001_t.sql", SCHEMA);
    project.write("pgtap/t.sql", GOOD);
    project
}

/// A command that goes on, and what it prints.
struct Running {
    child: Child,
    lines: BufReader<ChildStdout>,
    printed: String,
}

impl Running {
    fn start(command: &mut Command) -> std::io::Result<Self> {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().ok_or(std::io::ErrorKind::BrokenPipe)?);
        Ok(Self {
            child,
            lines,
            printed: String::new(),
        })
    }

    /// Reads until a line has the text; a watchdog ends the command where none comes.
    fn until(&mut self, text: &str) -> Outcome {
        let pid = Pid::from_child(&self.child);
        let (done, waits) = std::sync::mpsc::channel::<()>();
        let watchdog = thread::spawn(move || {
            if waits.recv_timeout(PATIENCE).is_err() {
                let _ = kill_process(pid, Signal::KILL);
            }
        });
        let found = loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line)? == 0 {
                break false;
            }
            self.printed += &line;
            if line.contains(text) {
                break true;
            }
        };
        done.send(())?;
        watchdog.join().map_err(|_| "the watchdog failed")?;
        assert!(found, "{text}\n{}", self.printed);
        Ok(())
    }

    /// Ctrl-C; the exit status and what was said on standard error.
    fn interrupt(mut self) -> Result<(Option<i32>, String), Box<dyn Error>> {
        kill_process(Pid::from_child(&self.child), Signal::INT)?;
        let status = self.child.wait()?;
        let mut said = String::new();
        if let Some(mut errors) = self.child.stderr.take() {
            errors.read_to_string(&mut said)?;
        }
        Ok((status.code(), said))
    }
}

/// A folder for throwaway servers: whether it is empty is whether they are gone.
fn servers() -> Result<tempfile::TempDir, Box<dyn Error>> {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::Builder::new().prefix("srv-").tempdir_in("/tmp")?;
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777))?;
    Ok(folder)
}

fn is_empty(folder: &tempfile::TempDir) -> bool {
    let deadline = Instant::now() + PATIENCE;
    let empty = || fs::read_dir(folder.path()).is_ok_and(|mut entries| entries.next().is_none());
    while !empty() && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(20));
    }
    empty()
}

#[test]
fn watched_suites_run_again_until_somebody_interrupts() -> Outcome {
    let (project, servers) = (project(), servers()?);
    let mut command = project.command(&["test", "--watch"]);
    let mut running = Running::start(command.env("TMPDIR", servers.path()))?;
    running.until("All suites pass: 1 suite, 2 tests")?;
    project.write("pgtap/t.sql", &GOOD.replace("changes, 1", "changes, 2"));
    running.until("1 suite failed")?;
    project.write("pgtap/u.sql", "select plan(1); select pass('new');");
    project.write("pgtap/t.sql", GOOD);
    running.until("All suites pass: 2 suites, 3 tests")?;
    project.write(
        "migrations/0002_u.sql",
        "alter table t add column more int;",
    );
    project.write(
        "pgtap/u.sql",
        "select plan(1); select has_column('t', 'more', 'there');",
    );
    running.until("All suites pass: 2 suites, 3 tests")?;
    project.write(
        "migrations/0003_v.sql",
        "alter table nowhere add column more int;",
    );
    thread::sleep(Duration::from_secs(2));
    fs::remove_file(project.path().join("migrations/0003_v.sql"))?;
    running.until("All suites pass: 2 suites, 3 tests")?;
    let (code, said) = running.interrupt()?;
    assert_eq!(code, Some(INTERRUPTED), "{said}");
    assert!(said.contains("0003_v.sql:1: the migration fails"), "{said}");
    assert!(is_empty(&servers), "a server is left");
    Ok(())
}

const SLOW: &str = "-- t_count\nselect plan(1);\nselect pass('slept') from pg_sleep(300);\n";

/// On a server that somebody gave, the databases go one by one.
#[test]
fn an_interrupt_ends_all_suites_and_leaves_no_database() -> Outcome {
    let database = Database::new();
    let session = database.connect();
    for arguments in [&["test", "-j1"][..], &["check", "--triggers", "-j1"]] {
        let project = project();
        project.write("pgtap/a.sql", SLOW);
        project.write("pgtap/b.sql", SLOW);
        let mut command = project.command(arguments);
        let running = Running::start(command.env("TABLEC_TEST_DATABASE_URL", database.url()))?;
        let ours = format!("tablec_test_{}_", running.child.id());
        let count = |query: String| -> Result<i64, Box<dyn Error>> {
            Ok(session.query(&query)?.first().ok_or("no row")?.get(0))
        };
        let asleep = || {
            count(format!(
                "select count(*) from pg_stat_activity where starts_with(datname, '{ours}') and query like '%pg_sleep%'"
            ))
        };
        let deadline = Instant::now() + PATIENCE;
        while asleep()? == 0 {
            assert!(Instant::now() < deadline, "{arguments:?}: no suite runs");
            thread::sleep(Duration::from_millis(50));
        }
        let (code, said) = running.interrupt()?;
        assert_eq!(code, Some(INTERRUPTED), "{arguments:?}: {said}");
        assert!(said.contains("interrupted"), "{said}");
        let left = format!("select count(*) from pg_database where starts_with(datname, '{ours}')");
        assert_eq!(count(left)?, 0, "{arguments:?} leaves databases");
    }
    Ok(())
}

#[test]
fn an_interrupt_leaves_no_server() -> Outcome {
    let (project, servers) = (project(), servers()?);
    project.write("pgtap/a.sql", SLOW);
    let mut command = project.command(&["check", "--triggers"]);
    let running = Running::start(command.env("TMPDIR", servers.path()))?;
    let started = || {
        let entries = fs::read_dir(servers.path()).ok()?;
        let mut folders = entries.filter_map(Result::ok);
        folders.find(|folder| folder.path().join("data/postmaster.pid").exists())
    };
    let deadline = Instant::now() + PATIENCE;
    while started().is_none() {
        assert!(Instant::now() < deadline, "no server is started");
        thread::sleep(Duration::from_millis(20));
    }
    thread::sleep(Duration::from_secs(1));
    let (code, said) = running.interrupt()?;
    assert_eq!(code, Some(INTERRUPTED), "{said}");
    assert!(is_empty(&servers), "a server is left");
    Ok(())
}

/// What there was no time for is said to be unknown, and remembered by nobody.
#[test]
fn mutants_that_there_is_no_time_for_are_not_proved() {
    let project = project();
    let proved = |seconds: &str, status: i32| {
        let arguments = ["check", "--triggers", "--require", "proved", "--max-time"];
        project
            .run(&[&arguments[..], &[seconds]].concat())
            .ends_with(status)
    };
    let none = proved("0", 1);
    assert!(
        none.stdout
            .contains("trigger t.t_count is fired, not proved"),
        "{none:#?}"
    );
    assert!(
        none.stdout
            .contains("there was no time to see whether a test fails when t.t_count is disabled"),
        "{none:#?}"
    );
    assert!(!project.path().join(".tablec/proofs.json").exists());
    let all = proved("600", 0);
    assert!(all.stdout.contains("triggers: 1 of 1 proved"), "{all:#?}");
    let ignored = fs::read_to_string(project.path().join(".tablec/.gitignore"));
    assert_eq!(ignored.ok().as_deref(), Some("*\n"), "nothing is for git");
    let known = proved("0", 0);
    assert_eq!(
        known.stdout, all.stdout,
        "verdicts from before need no time"
    );
}

/// Nobody waits for all mutants to hear that the report has no place.
#[test]
fn a_report_that_cannot_be_written_is_said_at_once() {
    let project = Project::new();
    project.write("pgtap/t.sql", "this is not played");
    for (path, why) in [
        (
            "report.txt",
            "what is to be written to report.txt is not clear",
        ),
        ("nowhere/report.md", "there is no folder nowhere"),
    ] {
        let run = project
            .run(&["check", "--triggers", "--report", path])
            .ends_with(2);
        assert!(run.stderr.contains(why), "{run:#?}");
        assert_eq!(run.stdout, "");
    }
}

/// No rollback sets a sequence back, and of `setval(…, false)` the catalog's views show nothing.
#[test]
fn each_suite_finds_the_sequences_as_the_migrations_left_them() {
    let project = Project::new();
    project.write(
        "migrations/0001_s.sql",
        "create sequence fresh; create sequence used; select nextval('used'), nextval('used');",
    );
    let suite = "begin; select plan(2);
        select is(nextval('fresh'), 1::bigint, 'fresh');
        select is(nextval('used'), 3::bigint, 'used');
        select setval('fresh', 7, false), setval('used', 1, false);
        rollback;";
    for name in ["a", "b", "c"] {
        project.write(&format!("pgtap/{name}.sql"), suite);
    }
    let run = project.run(&["test", "--jobs", "1"]).ends_with(0);
    assert!(
        run.stdout.contains("All suites pass: 3 suites, 6 tests"),
        "{run:#?}"
    );
}

#[test]
fn a_bar_is_shown_on_a_terminal_only() {
    let project = project();
    let piped = project.run(&["test"]).ends_with(0);
    assert_eq!(piped.stderr, "");
    let program = env!("CARGO_BIN_EXE_tablec");
    let mut command = Command::new("script");
    command
        .current_dir(project.path())
        .args([
            "--quiet",
            "--return",
            "--command",
            &format!("{program} test"),
            "/dev/null",
        ])
        .env("TERM", "xterm")
        .stdin(Stdio::null());
    let shown = Run::of(&mut command).ends_with(0);
    assert!(shown.stdout.contains("0/1 suites"), "{shown:#?}");
    assert!(shown.stdout.contains("All suites pass"), "{shown:#?}");
}
