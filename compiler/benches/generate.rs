//! How long `tablec generate` takes, against the same files read, written and compared with no work between.
//!
//! `cargo bench -p tablec --bench generate` runs 10, 100, 1,000 and 5,000 tables; `-- 10 100` runs these. Each table has 8 to 20
//! columns, a foreign key, two indexes, a check and a trigger.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use walkdir::WalkDir;

/// Each figure is the best of so many runs.
const RUNS: u32 = 3;

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![10, 100, 1_000, 5_000]
    } else {
        sizes
    };
    let start = best(|| version().len());
    println!("each run includes the start of the program: {start:.1?} for `tablec --version`");
    println!("tables  run        time      per table   floor     ratio  peak memory");
    for tables in sizes {
        measure(tables);
    }
}

fn measure(tables: usize) {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path();
    write_spec(project, tables);
    let mut full = (Duration::MAX, 0);
    for _ in 0..RUNS {
        for output in ["out", "migrations"] {
            let _ = fs::remove_dir_all(project.join(output));
        }
        full = full.min(generate(project));
    }
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

fn report(tables: usize, run: &str, (time, memory): (Duration, u64), floor: Duration) {
    let per_table = time / u32::try_from(tables).unwrap();
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!(
        "{tables:6}  {run:9}  {time:8.1?}  {per_table:9.1?}  {floor:8.1?}  {ratio:5.1}  {memory:6} kB"
    );
}

/// How long the command takes, and the most memory that it was seen to have.
fn generate(project: &Path) -> (Duration, u64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tablec"));
    let start = Instant::now();
    let mut process = command
        .args(["generate", "--quiet"])
        .current_dir(project)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", process.id()));
    let mut peak = 0;
    loop {
        peak = peak.max(high_water(&status));
        if let Some(end) = process.try_wait().unwrap() {
            assert!(end.success());
            return (start.elapsed(), peak);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn version() -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tablec"));
    command.arg("--version").output().unwrap().stdout
}

/// `VmHWM` in kB; 0 where the system does not say.
fn high_water(status: &Path) -> u64 {
    let text = fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
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

fn write_spec(project: &Path, tables: usize) {
    let write = |path: &str, text: &str| {
        let path = project.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("tablec.toml", "name = \"bench\"\npostgresql = 15\n");
    write(
        "spec/functions/touch.toml",
        "returns = \"trigger\"\nlanguage = \"plpgsql\"\nbody = 'begin return new; end'\n",
    );
    for number in 0..tables {
        write(
            &format!("spec/tables/table_{number:04}.toml"),
            &table(number),
        );
    }
}

fn table(number: usize) -> String {
    const TYPES: [&str; 6] = [
        "text",
        "int4",
        "varchar(80)",
        "timestamptz",
        "bool",
        "numeric(12,2)",
    ];
    let mut text =
        String::from("comment = \"One of many.\"\nprimary_key = [\"id\"]\n\n[columns]\n");
    text += "id = { type = \"int8\", identity = \"always\" }\nname = { type = \"text\", unique = true }\n";
    let parent = number / 8;
    writeln!(
        text,
        "parent_id = {{ type = \"int8\", references = \"table_{parent:04}\" }}"
    )
    .unwrap();
    writeln!(
        text,
        "amount = {{ type = \"int4\", default = 0, check = \"amount >= 0\" }}"
    )
    .unwrap();
    for column in 0..4 + number % 13 {
        let kind = TYPES[(number + column) % TYPES.len()];
        writeln!(
            text,
            "column_{column} = {{ type = \"{kind}\", nullable = {} }}",
            column % 2 == 0
        )
        .unwrap();
    }
    writeln!(
        text,
        "\n[indexes]\ntable_{number:04}_a = {{ columns = [\"column_0\"] }}"
    )
    .unwrap();
    writeln!(
        text,
        "table_{number:04}_b = {{ columns = [\"parent_id\", \"amount desc\"] }}\n"
    )
    .unwrap();
    writeln!(text, "[triggers.table_{number:04}_touch]\nfires = \"before update\"\nfor_each = \"row\"\nexecute = \"touch\"").unwrap();
    text
}
