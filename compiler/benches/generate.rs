//! How long `tablec generate` takes, against the same files read, written and compared with no work between.
//!
//! `cargo bench -p tablec --bench generate` runs 10, 100, 1,000 and 5,000 tables; `-- 10 100` runs these. Each table has 8 to 20
//! columns, a foreign key, two indexes, a check and a trigger.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use common::{Cost, cost, tablec, write_spec};
use walkdir::WalkDir;

/// Each figure is the best of so many runs.
const RUNS: u32 = 3;

fn main() {
    let start = best(|| version().len());
    println!("each run includes the start of the program: {start:.1?} for `tablec --version`");
    println!("tables  run        time      per table   floor     ratio  peak memory");
    for tables in common::sizes(&[10, 100, 1_000, 5_000]) {
        measure(tables);
    }
}

fn measure(tables: usize) {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path();
    write_spec(project, tables);
    let anew = |_| {
        for output in ["out", "migrations"] {
            let _ = fs::remove_dir_all(project.join(output));
        }
        generate(project)
    };
    let full = (0..RUNS).map(anew).min().unwrap();
    let unchanged = (0..RUNS).map(|_| generate(project)).min().unwrap();
    let (inputs, outputs) = (
        files(project, &["tablec.toml", "spec"]),
        files(project, &["out", "migrations"]),
    );
    let content = |path: &PathBuf| {
        (
            path.strip_prefix(project).unwrap().to_owned(),
            fs::read(path).unwrap(),
        )
    };
    let contents: Vec<_> = outputs.iter().map(content).collect();
    let write = best(|| copy(&inputs, &contents));
    let compare = best(|| read(&inputs) + read(&outputs));
    report(tables, "full", full, write);
    report(tables, "no change", unchanged, compare);
}

fn report(tables: usize, run: &str, Cost { time, memory }: Cost, floor: Duration) {
    let per_table = time / u32::try_from(tables).unwrap();
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!(
        "{tables:6}  {run:9}  {time:8.1?}  {per_table:9.1?}  {floor:8.1?}  {ratio:5.1}  {memory:6} kB"
    );
}

fn generate(project: &Path) -> Cost {
    cost(&mut tablec(project, &["generate"]), 0)
}

fn version() -> Vec<u8> {
    let mut command = tablec(Path::new("."), &["--version"]);
    command.output().unwrap().stdout
}

fn best(mut work: impl FnMut() -> usize) -> Duration {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..RUNS).map(once).min().unwrap()
}

fn files(project: &Path, roots: &[&str]) -> Vec<PathBuf> {
    let entries = roots
        .iter()
        .flat_map(|root| WalkDir::new(project.join(root)));
    entries
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_file())
        .collect()
}

fn read(paths: &[PathBuf]) -> usize {
    paths.iter().map(|path| fs::read(path).unwrap().len()).sum()
}

/// Reads what is read and writes what is written, to a new folder.
fn copy(inputs: &[PathBuf], outputs: &[(PathBuf, Vec<u8>)]) -> usize {
    let target = tempfile::tempdir().unwrap();
    let read = read(inputs);
    for (path, content) in outputs {
        let path = target.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    read
}
