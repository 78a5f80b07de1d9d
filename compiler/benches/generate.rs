//! How long `tablec generate` takes, against a program that reads the same files, and writes as much or reads what was
//! written, with no work between: the floor. Both figures are those of whole processes, from their start to their end.
//!
//! `cargo bench -p tablec --bench generate` runs 10, 100, 1,000 and 5,000 tables; `-- 10 100` runs these. Each table has 8 to 20
//! columns, a foreign key, two indexes, a check and a trigger.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Cost, cost, tablec, write_spec};
use tempfile::TempDir;
use walkdir::WalkDir;

/// Each figure is the best of so many runs.
const RUNS: u32 = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, what, project] = arguments.as_slice()
        && word == FLOOR
    {
        return floor(what, Path::new(project));
    }
    let start = best(|| tablec(Path::new("."), &["--version"])).time;
    println!("each run includes the start of the program: {start:.1?} for `tablec --version`");
    println!("tables  run        time      per table   floor     ratio  peak memory");
    let sizes = common::sizes(&[10, 100, 1_000, 5_000]).into_iter();
    // Kept to the end: a file system that has just freed many inodes is slow to give out others.
    let folders: Vec<_> = sizes.map(measure).collect();
    drop(folders);
}

/// The folders that it wrote to come back.
fn measure(tables: usize) -> [TempDir; 2] {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path();
    write_spec(project, tables);
    let aside = tempfile::tempdir().unwrap();
    let anew = |run: u32| {
        for output in ["out", "migrations", "pgtap"] {
            set_aside(
                &project.join(output),
                &aside.path().join(format!("{output}-{run}")),
            );
        }
        generate(project)
    };
    let full = (0..RUNS).map(anew).min().unwrap();
    let unchanged = (0..RUNS).map(|_| generate(project)).min().unwrap();
    let floor = |run: u32| {
        set_aside(
            &project.join(COPIES),
            &aside.path().join(format!("floor-{run}")),
        );
        cost(&mut floor_of("write", project), 0)
    };
    let write = (0..RUNS).map(floor).min().unwrap();
    report(tables, "full", full, write);
    let floor = best(|| floor_of("read", project));
    report(tables, "no change", unchanged, floor);
    [folder, aside]
}

/// Out of the way, and not removed yet.
fn set_aside(folder: &Path, place: &Path) {
    if folder.exists() {
        fs::rename(folder, place).unwrap();
    }
}

fn report(tables: usize, run: &str, Cost { time, memory }: Cost, floor: Cost) {
    let floor = floor.time;
    let per_table = time / u32::try_from(tables).unwrap();
    let ratio = time.as_secs_f64() / floor.as_secs_f64();
    println!(
        "{tables:6}  {run:9}  {time:8.1?}  {per_table:9.1?}  {floor:8.1?}  {ratio:5.1}  {memory:6} kB"
    );
}

fn generate(project: &Path) -> Cost {
    cost(&mut tablec(project, &["generate"]), 0)
}

fn best(command: impl Fn() -> Command) -> Cost {
    (0..RUNS).map(|_| cost(&mut command(), 0)).min().unwrap()
}

/// The argument that makes this program the floor.
const FLOOR: &str = "floor";
/// Where it writes, in the project.
const COPIES: &str = ".floor";

fn floor_of(what: &str, project: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([FLOOR, what]).arg(project);
    command
}

fn floor(what: &str, project: &Path) {
    let inputs = files(project, &["tablec.toml", "spec"]);
    let outputs = files(project, &["out", "migrations", "pgtap"]);
    let work = match what {
        "write" => copy(&inputs, &outputs, project),
        _ => read(&inputs) + read(&outputs),
    };
    std::hint::black_box(work);
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

/// Reads what is read and writes as much as is written, to a new folder.
fn copy(inputs: &[PathBuf], outputs: &[PathBuf], project: &Path) -> usize {
    for path in outputs {
        let content = vec![b' '; usize::try_from(path.metadata().unwrap().len()).unwrap()];
        let copy = project
            .join(COPIES)
            .join(path.strip_prefix(project).unwrap());
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, content).unwrap();
    }
    read(inputs)
}
