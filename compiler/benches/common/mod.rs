//! What the benchmarks share: a spec of any number of tables, and what a run of a program takes.

#![allow(
    dead_code,
    reason = "each benchmark is a program of its own and uses a part of this"
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The numbers among the arguments.
pub fn sizes(usual: &[usize]) -> Vec<usize> {
    let sizes: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    if sizes.is_empty() {
        usual.to_vec()
    } else {
        sizes
    }
}

/// What a run of a program took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    pub time: Duration,
    /// The most memory that it was seen to have, in kB.
    pub memory: u64,
}

/// `tablec` in a folder, without a word of what it does.
pub fn tablec(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tablec"));
    command.arg("--quiet").args(arguments).current_dir(folder);
    command
}

/// Runs a program to its end, which has to have that status.
pub fn cost(command: &mut Command, status: i32) -> Cost {
    let start = Instant::now();
    let mut process = command.stdout(Stdio::null()).spawn().unwrap();
    let memory = PathBuf::from(format!("/proc/{}/status", process.id()));
    let mut peak = 0;
    loop {
        peak = peak.max(high_water(&memory));
        if let Some(end) = process.try_wait().unwrap() {
            assert_eq!(end.code(), Some(status), "{command:?}");
            return Cost {
                time: start.elapsed(),
                memory: peak,
            };
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// `VmHWM` in kB; 0 where the system does not say.
fn high_water(status: &Path) -> u64 {
    let text = fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or(0)
}

/// A project of that many tables, and of nothing that is made of them.
pub fn write_spec(project: &Path, tables: usize) {
    write(
        project,
        "tablec.toml",
        "name = \"bench\"\npostgresql = 15\n",
    );
    write(
        project,
        "spec/functions/touch.toml",
        "returns = \"trigger\"\nlanguage = \"plpgsql\"\nbody = 'begin return new; end'\n",
    );
    for number in 0..tables {
        write(project, &table_path(number), &table(number));
    }
}

/// The file of one of the tables.
pub fn table_path(number: usize) -> String {
    format!("spec/tables/table_{number:04}.toml")
}

pub fn write(project: &Path, path: &str, text: &str) {
    let path = project.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// One of the tables: 8 to 20 columns, a foreign key, two indexes, a check, a unique key and a trigger.
pub fn table(number: usize) -> String {
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
