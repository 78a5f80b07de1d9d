//! When things go wrong between tablec and a server: what is said, what is left, what goes on on the server.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tablec::cluster::Cluster;
use tablec::database::{Options, Session, introspect};
use tablec_testing::Database;

use crate::tool::{Project, Run};

const NOTES: &str = "primary_key = [\"id\"]\n\n[columns]\nid = { type = \"int8\" }\n";
const BODY: &str = "body = { type = \"text\", nullable = true }\n";
const BUILT: &str = "create table notes (id int8 primary key)";
const PATIENCE: Duration = Duration::from_mins(1);

/// A spec that asks for one column more than [`BUILT`] has.
fn project() -> Project {
    let project = Project::new();
    project.write("spec/tables/notes.toml", &format!("{NOTES}{BODY}"));
    project
}

fn on(project: &Project, url: &str, arguments: &[&str]) -> Run {
    Run::of(project.command(arguments).env("DATABASE_URL", url))
}

#[track_caller]
fn says(run: &Run, text: &str) {
    assert!(run.stderr.contains(text), "{}", run.stderr);
}

fn until(done: impl Fn() -> bool, what: &str) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < deadline, "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}

fn number(session: &Session, query: &str) -> i64 {
    session.query(query).unwrap()[0].get(0)
}

/// A server of old answers a start-up as every server does.
#[test]
fn a_server_that_is_too_old_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 1024]);
        let mut answer = b"R\0\0\0\x08\0\0\0\0".to_vec();
        let parameter = b"server_version\x009.6.24\0";
        answer.push(b'S');
        answer.extend(u32::try_from(parameter.len() + 4).unwrap().to_be_bytes());
        answer.extend(parameter);
        answer.extend(b"Z\0\0\0\x05I");
        stream.write_all(&answer).unwrap();
        let _ = stream.read(&mut [0; 1024]);
    });
    let url = format!("postgres://me:secret@127.0.0.1:{port}/d?sslmode=disable");
    let run = on(&project(), &url, &["diff"]).ends_with(2);
    says(&run, "is PostgreSQL 9.6.24, which is too old");
    says(&run, "PostgreSQL 14 and later are supported");
    assert!(!run.stderr.contains("secret"), "{}", run.stderr);
}

#[test]
fn a_wrong_password_is_refused_and_not_shown() {
    let server = tablec_testing::server(None).unwrap();
    let session = server.connect("postgres").unwrap();
    session
        .batch_execute("create role app login password 'right'")
        .unwrap();
    let file = server.folder().join("data/pg_hba.conf");
    fs::write(file, "local all app scram-sha-256\nlocal all all trust\n").unwrap();
    session.query("select pg_reload_conf()").unwrap();
    let url = |password: &str| {
        let user = format!("app:{password}@");
        server.url("postgres").replace("postgres@", &user)
    };
    let project = project();
    until(
        || on(&project, &url("wrong"), &["diff"]).code == 2,
        "the server takes any password",
    );
    for command in [
        &["diff"][..],
        &["apply"],
        &["migrate", "up"],
        &["import", "--project", "new"],
    ] {
        let run = on(&project, &url("wr0ng"), command).ends_with(2);
        says(&run, "refuses user `app`: password authentication failed");
        assert!(!run.stderr.contains("wr0ng"), "{}", run.stderr);
    }
    on(&project, &url("right"), &["diff"]).ends_with(1);
}

/// A standby of a server, in its folder. Stopped when dropped.
struct Standby<'a> {
    primary: &'a Cluster,
    data: PathBuf,
}

impl<'a> Standby<'a> {
    const PORT: &'static str = "5499";

    fn of(primary: &'a Cluster) -> Self {
        let this = Self {
            primary,
            data: primary.folder().join("standby"),
        };
        let folder = primary.folder().display().to_string();
        let data = this.data.display().to_string();
        this.run(
            "pg_basebackup",
            &[
                "-h", &folder, "-U", "postgres", "-D", &data, "-R", "-c", "fast",
            ],
        );
        let settings = format!(
            "-k {folder} -c listen_addresses= -c port={} -c max_connections=200 -c max_locks_per_transaction=512",
            Self::PORT
        );
        let log = primary.folder().join("standby.log").display().to_string();
        this.run(
            "pg_ctl",
            &["start", "-w", "-D", &data, "-o", &settings, "-l", &log],
        );
        this
    }

    fn url(&self, database: &str) -> String {
        self.primary
            .url(database)
            .replace(":5432/", &format!(":{}/", Self::PORT))
    }

    /// As the user that the server runs as: its programs refuse root.
    fn run(&self, tool: &str, arguments: &[&str]) {
        let mut command = Command::new(self.primary.binaries().tool(tool).unwrap());
        if rustix::process::geteuid().is_root() {
            let owner = fs::metadata(self.primary.folder()).unwrap();
            command.uid(owner.uid()).gid(owner.gid());
        }
        command.current_dir("/").args(arguments);
        let end = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
        assert!(end.unwrap().success(), "{tool}");
    }
}

impl Drop for Standby<'_> {
    fn drop(&mut self) {
        let data = self.data.display().to_string();
        self.run("pg_ctl", &["stop", "-m", "immediate", "-D", &data]);
    }
}

#[test]
fn a_standby_is_read_and_never_written() {
    let server = tablec_testing::server(None).unwrap();
    server.create_database("app").unwrap();
    server.connect("app").unwrap().batch_execute(BUILT).unwrap();
    let standby = Standby::of(&server);
    let url = standby.url("app");
    let project = project();
    project.write("migrations/0001_first.sql", "create table a (id int);\n");
    let run = on(&project, &url, &["diff"]).ends_with(1);
    assert!(
        run.stdout.contains("add column body text"),
        "{}",
        run.stdout
    );
    on(&project, &url, &["import", "--project", "new"]).ends_with(0);
    on(&project, &url, &["migrate", "status"]).ends_with(1);
    for command in [&["apply"][..], &["migrate", "up"], &["migrate", "baseline"]] {
        let run = on(&project, &url, command).ends_with(2);
        says(
            &run,
            "the server is a read-only standby; nothing has been done",
        );
        says(&run, "connect to the primary");
    }
}

#[test]
fn a_catalog_that_may_not_be_read_is_named() {
    let database = Database::with(
        "create role limited_reader login; revoke select on pg_catalog.pg_proc from public",
    );
    let url = database.url().replace("postgres@", "limited_reader@");
    for command in [&["diff"][..], &["import", "--project", "new"]] {
        let run = on(&project(), &url, command).ends_with(2);
        says(&run, "permission denied for table pg_proc");
        says(&run, "grant select on");
    }
}

/// A line to the test server's Unix socket; before the connection of that number is made, something happens.
fn line(nth: usize, before: impl FnOnce() + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let socket = tablec_testing::cluster().folder().join(".s.PGSQL.5432");
    thread::spawn(move || {
        let mut before = Some(before);
        for (at, near) in listener.incoming().enumerate() {
            if at + 1 == nth
                && let Some(before) = before.take()
            {
                before();
            }
            carry(near.unwrap(), UnixStream::connect(&socket).unwrap());
        }
    });
    port
}

fn carry(near: TcpStream, far: UnixStream) {
    let (mut near_too, mut far_too) = (near.try_clone().unwrap(), far.try_clone().unwrap());
    let (mut near, mut far) = (near, far);
    thread::spawn(move || {
        let _ = io::copy(&mut near, &mut far_too);
        let _ = far_too.shutdown(Shutdown::Write);
    });
    thread::spawn(move || {
        let _ = io::copy(&mut far, &mut near_too);
        let _ = near_too.shutdown(Shutdown::Write);
    });
}

fn through(port: u16, database: &Database<'_>) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/{}", database.name())
}

#[test]
fn a_database_that_changed_since_the_plan_is_left_alone() {
    let database = Database::with(BUILT);
    let session = database.connect();
    // The first connection reads, the second one runs the plan.
    let port = line(2, move || {
        session
            .batch_execute("alter table notes add column body text")
            .unwrap();
    });
    let run = on(&project(), &through(port, &database), &["apply"]).ends_with(2);
    says(
        &run,
        "the database has changed since it was compared; nothing has been done",
    );
    on(&project(), &database.url(), &["diff"]).ends_with(0);
}

/// Two tables and a view come and go together: a reader sees all of them or none.
#[test]
fn a_database_that_changes_meanwhile_is_read_as_it_was_at_one_moment() {
    const COME: &str = "begin; create table a (id int primary key check (id > 0), t text default 'x');
        create table b (id int references a, unique (id)); create view v as select a.id from a join b using (id);
        create function f(x int) returns int language sql as 'select x'; commit";
    const GO: &str = "begin; drop view v; drop table b; drop table a; drop function f; commit";
    let database = Database::new();
    let (writer, reader) = (database.connect(), database.connect());
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let (round, rounds_done) = std::sync::mpsc::channel();
    let work = thread::spawn(move || {
        let mut rounds = 0_u64;
        while stopped.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty) {
            writer.batch_execute(COME).unwrap();
            writer.batch_execute(GO).unwrap();
            rounds += 1;
            let _ = round.send(());
            thread::sleep(Duration::from_millis(rounds % 7 * 100));
        }
    });
    let mut rounds = 0;
    while rounds < 10 {
        rounds += rounds_done.try_iter().count();
        let catalog = introspect(&reader, &Options::default()).unwrap();
        let names: Vec<_> = catalog.objects.keys().map(|id| id.name.as_str()).collect();
        let there =
            ["a", "b", "v", "f(integer)", "a_pkey", "b_id_fkey"].map(|name| names.contains(&name));
        match there {
            [true, true, true, true, true, true] | [false, false, false, false, false, false] => {}
            _ => panic!("{names:?}"),
        }
    }
    stop.send(()).unwrap();
    work.join().unwrap();
}

#[test]
fn a_plan_that_fails_half_way_says_what_is_done() {
    let database = Database::with(
        "create type mood as enum ('calm'); create table notes (id int8 primary key, mood mood not null default 'calm');
         insert into notes values (1)",
    );
    let project = Project::new();
    project.write("spec/types/mood.toml", "enum = [\"calm\", \"wild\"]\n");
    let spec =
        |body: &str| format!("{NOTES}mood = {{ type = \"mood\", default = \"wild\" }}\n{body}");
    project.write(
        "spec/tables/notes.toml",
        &spec("body = { type = \"text\" }\n"),
    );
    let url = database.url();
    let apply = ["apply", "--allow", "notes"];
    let run = on(&project, &url, &apply).ends_with(2);
    says(
        &run,
        "a statement failed; the first 1 are done and stay so, ",
    );
    says(&run, "done: alter type mood add value 'wild'");
    says(
        &run,
        "column \"body\" of relation \"notes\" contains null values",
    );
    let session = database.connect();
    let labels = "select count(*) from pg_enum where enumtypid = 'mood'::regtype";
    assert_eq!(number(&session, labels), 2);
    let columns =
        "select count(*) from pg_attribute where attrelid = 'notes'::regclass and attnum > 0";
    assert_eq!(number(&session, columns), 2);
    project.write("spec/tables/notes.toml", &spec(BODY));
    on(&project, &url, &apply).ends_with(0);
}

#[test]
fn a_statement_timeout_is_told_from_other_ends() {
    let database = Database::with(BUILT);
    database.run(&format!(
        "create view v as select id from notes; alter database {} set statement_timeout = '150ms'",
        database.name()
    ));
    let other = database.connect();
    other
        .batch_execute("set statement_timeout = 0; begin; lock table notes in access share mode")
        .unwrap();
    let (project, url) = (project(), database.url());
    project.write("spec/views/v.toml", "query = \"select id from notes\"\n");
    let run = on(&project, &url, &["apply", "--lock-timeout", "60"]).ends_with(2);
    says(&run, "canceling statement due to statement timeout");
    says(&run, "the limit is `statement_timeout`");
    says(&run, "nothing has been changed");
    other
        .batch_execute("lock table v in access exclusive mode")
        .unwrap();
    let run = on(&project, &url, &["diff"]).ends_with(2);
    says(&run, "canceling statement due to statement timeout");
    other.batch_execute("commit").unwrap();
    let unlimited = format!("{url}?options=-c%20statement_timeout%3D0");
    on(&project, &unlimited, &["apply"]).ends_with(0);
}

#[test]
fn a_lock_that_comes_free_is_taken() {
    let database = Database::with(BUILT);
    let (other, watcher) = (database.connect(), database.connect());
    other
        .batch_execute("begin; lock table notes in access share mode")
        .unwrap();
    let freed = thread::spawn(move || {
        let waits = "select count(*) from pg_stat_activity where application_name = 'tablec' and wait_event_type = 'Lock'
            and datname = current_database()";
        until(|| number(&watcher, waits) == 1, "nobody waits for the lock");
        until(|| number(&watcher, waits) == 0, "the wait has no end");
        other.batch_execute("commit").unwrap();
    });
    let run = on(
        &project(),
        &database.url(),
        &["apply", "--lock-timeout", "0.2"],
    )
    .ends_with(0);
    freed.join().unwrap();
    says(
        &run,
        "did not get the locks and rolled back; again in 0.5 s",
    );
}

/// A run of `tablec` that waits for a lock.
struct Waiting {
    child: Child,
    watcher: Session,
    /// The backend of the one that has the lock.
    holder: i32,
}

impl Waiting {
    fn start(
        project: &Project,
        database: &Database<'_>,
        holder: &Session,
        arguments: &[&str],
    ) -> Self {
        let mut command = project.command(arguments);
        command.env("DATABASE_URL", database.url());
        let child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let this = Self {
            child,
            watcher: database.connect(),
            holder: holder.query("select pg_backend_pid()").unwrap()[0].get(0),
        };
        until(
            || this.backends("and wait_event_type = 'Lock'") == 1,
            "it does not wait for a lock",
        );
        this
    }

    fn backends(&self, which: &str) -> i64 {
        let query = format!(
            "select count(*) from pg_stat_activity where application_name = 'tablec' and datname = current_database()
             and pid not in (pg_backend_pid(), {}) {which}",
            self.holder
        );
        number(&self.watcher, &query)
    }

    /// Ctrl-C, and what is said then.
    fn interrupt(mut self) -> Run {
        kill_process(Pid::from_child(&self.child), Signal::INT).unwrap();
        let mut stderr = String::new();
        let pipe = self.child.stderr.take();
        pipe.unwrap().read_to_string(&mut stderr).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        until(|| self.backends("") == 0, "the server still works on it");
        Run {
            code,
            stdout: String::new(),
            stderr,
        }
    }
}

#[test]
fn an_interrupt_ends_what_the_server_does_and_changes_nothing() {
    let database = Database::with(BUILT);
    database.run("create view v as select id from notes");
    let project = project();
    project.write("spec/views/v.toml", "query = \"select id from notes\"\n");
    project.write(
        "migrations/0001_first.sql",
        "create table a (id int);\nlock table notes;\n",
    );
    let before = database.dump();
    let patient = ["--lock-timeout", "60"];
    let other = database.connect();
    other
        .batch_execute("begin; lock table v in access exclusive mode")
        .unwrap();
    for arguments in [
        &["diff"][..],
        &["import", "--project", "new"],
        &["apply"],
        &[&["migrate", "up"][..], &patient].concat(),
    ] {
        let run = Waiting::start(&project, &database, &other, arguments)
            .interrupt()
            .ends_with(130);
        says(&run, "interrupted");
        assert!(!project.path().join("new").exists(), "{arguments:?}");
    }
    other
        .batch_execute("rollback; begin; lock table notes in access share mode")
        .unwrap();
    let run = Waiting::start(
        &project,
        &database,
        &other,
        &[&["apply"][..], &patient].concat(),
    );
    let run = run.interrupt().ends_with(130);
    says(&run, "interrupted");
    says(&run, "nothing has been changed");
    other.batch_execute("rollback").unwrap();
    drop(other);
    database.run("drop schema tablec cascade");
    assert_eq!(database.dump(), before);
    on(&project, &database.url(), &["diff"]).ends_with(1);
}

/// At whatever moment: each file is as it was, or as it is to be, and the next run makes all of them.
#[test]
fn an_interrupted_generate_leaves_whole_files() {
    let project = Project::new();
    for table in 0..60 {
        project.write(
            &format!("spec/tables/notes_{table:02}.toml"),
            &format!("{NOTES}{BODY}"),
        );
    }
    project.run(&["generate"]).ends_with(0);
    let whole = outputs(project.path());
    let mut interrupted = 0;
    for milliseconds in [1, 5, 10, 20, 40, 60, 80, 100, 150, 200, 300, 500] {
        let _ = fs::remove_dir_all(project.path().join("out"));
        let mut command = project.command(&["generate", "--quiet"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        thread::sleep(Duration::from_millis(milliseconds));
        let _ = kill_process(Pid::from_child(&child), Signal::INT);
        interrupted += i32::from(!child.wait().unwrap().success());
        for (path, text) in outputs(project.path()) {
            let same = whole
                .iter()
                .any(|(known, whole)| *known == path && *whole == text);
            assert!(same, "{milliseconds} ms: {} is not whole", path.display());
        }
    }
    assert!(
        interrupted > 0,
        "every run was over before its interrupt came"
    );
    project.run(&["generate"]).ends_with(0);
    assert_eq!(outputs(project.path()), whole);
}

fn outputs(project: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![project.join("out"), project.join("migrations")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}
