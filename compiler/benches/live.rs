//! How long reading and comparing a live database takes, against `pg_dump -s` of the same database.
//!
//! `cargo bench -p tablec --bench live` runs 100, 1,000 and 5,000 tables; `-- 100` runs these. Per size: `import` into an empty
//! folder; `diff` of the spec with a database that is as the spec says; the same with ten tables changed in the spec. A
//! `diff` is timed twice: in a project that remembers nothing (`first`), and with what the project's cache has from then.
//! Then once more through a proxy that delays every packet by 20 ms in each direction (a round trip takes
//! 40 ms longer), as the time that this adds. Each figure is the best of seven, and so is what it is compared with: `pg_dump -s`
//! runs again before each of the seven, as a machine that others use too is not the same from one minute to the next.

mod common;
mod proxy;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use common::{Cost, cost, table, table_path, tablec, write, write_spec};
use proxy::Proxy;
use tablec_testing::Database;

const RUNS: u32 = 7;
/// Where a project keeps what can be worked out again.
const REMEMBERED: &str = ".tablec";
const CHANGED: usize = 10;
const DELAY: Duration = Duration::from_millis(20);

fn main() {
    println!("tables  run                            time  / pg_dump -s  round trips  peak memory");
    for tables in common::sizes(&[100, 1_000, 5_000]) {
        measure(tables);
    }
}

fn measure(tables: usize) {
    let folder = tempfile::tempdir().unwrap();
    let (project, database) = (folder.path(), Database::new());
    write_spec(project, tables);
    build(project, &database);
    let url = database.url();
    let report = Report { tables, url: &url };
    let dump = best(|| pg_dump(&url));
    report.print("pg_dump -s", dump, "", None);

    let imported = folder.path().join("imported");
    let import = || {
        let _ = std::fs::remove_dir_all(&imported);
        cost(&mut tablec(project, &import_of(&url)), 0)
    };
    let trips = {
        let trips = round_trips(tablec(
            project,
            &[&import_of(&url)[..], &["--format", "json"]].concat(),
        ));
        let _ = std::fs::remove_dir_all(&imported);
        trips
    };
    report.compare("import", import, Some(trips));
    let _ = std::fs::remove_dir_all(&imported);

    diffs(&report, "no change", project, &url, 0);
    for number in 0..CHANGED {
        let text = table(number).replacen(
            "[indexes]",
            "added = { type = \"text\", nullable = true }\n\n[indexes]",
            1,
        );
        write(project, &table_path(number), &text);
    }
    diffs(&report, "10 changed", project, &url, 1);
}

/// The database as the spec says. Every statement for itself: a transaction of thousands of tables takes more locks than a server has by
/// default.
fn build(project: &Path, database: &Database) {
    let script = project.join("build.sql");
    let empty = project.join("empty.sql");
    std::fs::write(&empty, "").unwrap();
    let output = tablec(project, &["diff", "--format", "sql", "--from", "empty.sql"])
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    std::fs::write(&script, output.stdout).unwrap();
    database.load(&script).unwrap();
    let _ = std::fs::remove_dir_all(project.join(REMEMBERED));
}

fn import_of(url: &str) -> [&str; 5] {
    ["import", "--project", "imported", "--database-url", url]
}

fn diffs(report: &Report<'_>, what: &str, project: &Path, url: &str, status: i32) {
    let diff = |url: &str| tablec(project, &["diff", "--database-url", url]);
    let trips = |mut command: Command| {
        command.args(["--format", "json"]);
        Some(round_trips(command))
    };
    let first = || {
        let _ = std::fs::remove_dir_all(project.join(REMEMBERED));
        cost(&mut diff(url), status)
    };
    report.compare(&format!("diff, {what}, first"), first, None);
    let near = || cost(&mut diff(url), status);
    let near = report.compare(&format!("diff, {what}"), near, trips(diff(url)));
    let proxy = Proxy::start(tablec_testing::cluster().folder(), DELAY);
    let url = proxy.url(url);
    let far = best(|| cost(&mut diff(&url), status));
    report.added(
        &format!("diff, {what}, 2 × 20 ms away"),
        far,
        near,
        trips(diff(&url)),
    );
}

fn best(work: impl Fn() -> Cost) -> Cost {
    (0..RUNS).map(|_| work()).min().unwrap()
}

fn pg_dump(url: &str) -> Cost {
    let pg_dump: PathBuf = tablec_testing::cluster()
        .binaries()
        .tool("pg_dump")
        .unwrap();
    cost(Command::new(pg_dump).args(["-s", "--no-password", url]), 0)
}

/// What the command says in its JSON document.
fn round_trips(mut command: Command) -> u64 {
    let output = command.output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    document["round_trips"].as_u64().unwrap()
}

struct Report<'a> {
    tables: usize,
    url: &'a str,
}

impl Report<'_> {
    /// The best of the runs, against the best of as many of `pg_dump -s` between them.
    fn compare(&self, run: &str, work: impl Fn() -> Cost, trips: Option<u64>) -> Cost {
        let pairs: Vec<[Cost; 2]> = (0..RUNS).map(|_| [pg_dump(self.url), work()]).collect();
        let [dump, cost] = [0, 1].map(|which| pairs.iter().map(|pair| pair[which]).min().unwrap());
        let ratio = cost.time.as_secs_f64() / dump.time.as_secs_f64();
        self.print(run, cost, &format!("{ratio:8.2} ×"), trips);
        cost
    }

    fn added(&self, run: &str, far: Cost, near: Cost, trips: Option<u64>) {
        let added = far.time.saturating_sub(near.time);
        self.print(run, far, &format!("+{:6} ms", added.as_millis()), trips);
    }

    fn print(&self, run: &str, Cost { time, memory }: Cost, ratio: &str, trips: Option<u64>) {
        let (tables, time) = (self.tables, time.as_secs_f64() * 1_000.0);
        let trips = trips.map_or_else(String::new, |trips| trips.to_string());
        println!("{tables:6}  {run:27}  {time:6.0} ms  {ratio:>10}  {trips:>11}  {memory:8} kB");
    }
}
