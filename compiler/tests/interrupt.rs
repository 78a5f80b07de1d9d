//! Ctrl-C while a statement runs: the server stops it, and the program goes on and can say so.

use std::error::Error;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use rustix::process::{Pid, Signal, kill_process};
use tablec::database::{QueryError, connect};
use tablec_testing::Database;

/// The database that the child process connects to.
const URL: &str = "TABLEC_TEST_URL";
const RUNNING: &str = "select count(*) from pg_stat_activity where query like '%pg_sleep(60)' and pid <> pg_backend_pid()";

#[test]
#[ignore = "the other test runs it as a child process"]
fn child() -> Result<(), Box<dyn Error>> {
    tablec::interrupt::cancel_on_interrupt();
    let session = connect(&env::var(URL)?)?;
    session.batch_execute("begin; create table half (id int)")?;
    let outcome = session.query("select pg_sleep(60)");
    assert!(
        matches!(outcome, Err(QueryError::Interrupted)),
        "{outcome:?}"
    );
    session.batch_execute("rollback; create table after (id int)")?;
    println!("\nROLLED BACK");
    Ok(())
}

#[test]
fn an_interrupt_cancels_the_statement_once() -> Result<(), Box<dyn Error>> {
    let database = Database::new();
    let session = database.connect();
    let mut child = start(&database.url())?;
    let running = || {
        session
            .query(RUNNING)
            .is_ok_and(|rows| rows[0].get::<_, i64>(0) == 1)
    };
    until(running, "the child's statement does not run");
    kill_process(Pid::from_child(&child), Signal::INT)?;
    let mut output = String::new();
    child
        .stdout
        .take()
        .ok_or("no output")?
        .read_to_string(&mut output)?;
    assert!(
        child.wait()?.success() && output.contains("ROLLED BACK"),
        "{output}"
    );
    assert!(!running(), "the statement still runs on the server");
    let tables =
        session.query("select relname::text from pg_class where relname in ('half', 'after')")?;
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].get::<_, &str>(0), "after");
    Ok(())
}

fn start(url: &str) -> std::io::Result<Child> {
    Command::new(env::current_exe()?)
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(URL, url)
        .stdout(Stdio::piped())
        .spawn()
}

fn until(done: impl Fn() -> bool, what: &str) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !done() {
        assert!(Instant::now() < deadline, "{what}");
        thread::sleep(Duration::from_millis(10));
    }
}
