//! What proving costs: 100 triggers and 100 suites, or as many as the first argument says.
//!
//! `cargo bench -p tablec --bench proofs` prints the plain run, `pg_prove -j2` on the same suites and server, the run with probes
//! (level 2), and the run with four mutants a trigger (level 3), each as seconds and as a ratio. Needs `pg_prove`
//! (Debian: `libtap-parser-sourcehandler-pgtap-perl`). All use two workers. The plain run, `pg_prove` and level 2 take turns, so that
//! what else the machine does meets all alike; each figure is the best of five, level 3 runs once.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use tablec::cluster::Cluster;
use tablec::proofs::{
    Cache, Coverage, Crew, Examination, Files, Firing, Level, Reasons, Script, Server, Stage,
    examine, probe, run_counted, run_suites,
};
use tempfile::TempDir;

const WORKERS: usize = 2;
const ROUNDS: usize = 5;

fn main() {
    let count = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(100);
    let Ok(Server::Throwaway(cluster)) = Server::throwaway() else {
        panic!("no server could be started");
    };
    let stage = stage(&cluster, count);
    let suites: Vec<Script> = (0..count).map(suite).collect();
    let files: Files<'_> = &|_| Err(std::io::Error::other("nothing is included"));
    let crew = Crew {
        jobs: WORKERS,
        files,
        heard: &|_| (),
    };

    let place = probe(&stage).expect("the probes are set up");
    let perl = PgProve::new(&stage, &cluster, &suites);
    let [plain, proved_by_perl, fired] = best([
        &|| {
            let runs =
                run_suites(&stage, &stage.template(), &suites, crew).expect("the suites run");
            assert!(runs.iter().all(tablec::proofs::SuiteRun::passed));
        },
        &|| perl.run(),
        &|| {
            let runs = run_counted(&stage, &place.template, &suites, crew, &place.bodies)
                .expect("the suites run");
            let coverage = Coverage::of(&place.facts, &place.probes, &runs);
            assert!(coverage.triggers.iter().all(Firing::happened));
        },
    ]);
    let (proved, mutants) = level_3(&cluster, count, &suites, files);

    println!(
        "{count} triggers, {count} suites, {WORKERS} workers, {}",
        if cfg!(debug_assertions) {
            "debug build"
        } else {
            "release build"
        }
    );
    line("plain run", plain, None);
    line("pg_prove -j2", proved_by_perl, None);
    line("plain run / pg_prove", plain, Some(proved_by_perl));
    line("level 2 / plain run", fired, Some(plain));
    line(
        &format!("level 3, {mutants} mutants / plain run"),
        proved,
        Some(plain),
    );
}

fn stage(cluster: &Cluster, count: usize) -> Stage {
    let server = Server::Given(cluster.url("postgres"));
    Stage::build(server, &[schema(count)]).expect("the schema builds")
}

/// The whole of it: facts, probes, suites, mutants.
fn level_3(
    cluster: &Cluster,
    count: usize,
    suites: &[Script],
    files: Files<'_>,
) -> (Duration, usize) {
    let stage = stage(cluster, count);
    let start = Instant::now();
    let how = Examination {
        level: Level::Proved,
        jobs: WORKERS,
        files,
        deadline: None,
        cache: &Cache::default(),
        reasons: &Reasons::new(),
        heard: &|_| (),
    };
    let evidence = examine(&stage, suites, how).expect("the examination ends");
    let took = start.elapsed();
    let triggers = evidence
        .subjects
        .iter()
        .filter(|subject| subject.table.is_some());
    let mutants: usize = triggers
        .map(|subject| {
            assert_eq!(subject.level(), Level::Proved, "{subject:#?}");
            subject.mutants.iter().flatten().count()
        })
        .sum();
    (took, mutants)
}

/// `pg_prove` has one database for all suites.
struct PgProve {
    folder: TempDir,
    socket: PathBuf,
    database: String,
}

impl PgProve {
    fn new(stage: &Stage, cluster: &Cluster, suites: &[Script]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for suite in suites {
            fs::write(folder.path().join(&suite.path), &suite.text).expect("a suite is written");
        }
        Self {
            folder,
            socket: cluster.folder().to_owned(),
            database: stage.clone_of(&stage.template()).expect("a clone"),
        }
    }

    fn run(&self) {
        let output = Command::new("pg_prove")
            .arg("--host")
            .arg(&self.socket)
            .args(["--username", "postgres", "--dbname", &self.database])
            .args(["--jobs", "2", "--quiet", "--ext", ".sql"])
            .arg(self.folder.path())
            .output()
            .expect("pg_prove starts: install libtap-parser-sourcehandler-pgtap-perl");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
}

/// The best time of each; they take turns.
fn best<const N: usize>(work: [&dyn Fn(); N]) -> [Duration; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..ROUNDS {
        for (best, work) in best.iter_mut().zip(work) {
            let start = Instant::now();
            work();
            *best = start.elapsed().min(*best);
        }
    }
    best
}

fn line(what: &str, took: Duration, base: Option<Duration>) {
    match base {
        Some(base) => println!(
            "{what:36} {:7.2} ×",
            took.as_secs_f64() / base.as_secs_f64()
        ),
        None => println!("{what:36} {:7.3} s", took.as_secs_f64()),
    }
}

/// Each trigger has four mutants: disabled, dropped, fired before, doing nothing.
fn schema(count: usize) -> Script {
    let mut text = String::from(
        "create table journal (what text not null, id int not null);
         create function keep() returns trigger language plpgsql as $$
         begin
           insert into journal values (tg_table_name, new.id);
           return null;
         end $$;",
    );
    for n in 0..count {
        let _ = write!(
            text,
            "create table t{n} (id int primary key, name text not null, amount numeric(10, 2) not null default 0, at timestamptz not null default now());
             create trigger t{n}_keep after insert on t{n} for each row execute function keep();"
        );
    }
    Script {
        path: "schema.sql".into(),
        text,
    }
}

fn suite(n: usize) -> Script {
    let mut text = format!("-- t{n}_keep\nbegin;\nselect plan(10);\n");
    for id in 0..5 {
        let _ = write!(
            text,
            "insert into t{n} (id, name) values ({id}, 'name {id}');
             select is(name, 'name {id}', 'the row is there') from t{n} where id = {id};
             select is(count(*), 1::bigint, 'the journal has it') from journal where what = 't{n}' and id = {id};\n"
        );
    }
    text.push_str("select * from finish();\nrollback;\n");
    Script {
        path: format!("t{n}.sql").into(),
        text,
    }
}
