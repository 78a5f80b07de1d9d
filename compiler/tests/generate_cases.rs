//! Small specs, a folder each in `cases/generate/`: what is made of them is a snapshot, and because a snapshot proves nothing
//! about validity, the SQL is run on a real server, which then has no difference to the spec, and the Rust is compiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tablec_testing::Database;
use walkdir::WalkDir;

macro_rules! cases {
    ($($case:ident),+ $(,)?) => {
        const CASES: &[&str] = &[$(stringify!($case)),+];
        $(
            #[test]
            fn $case() {
                check(stringify!($case));
            }
        )+
    };
}

cases!(
    hostile_names,
    keys,
    partitions,
    plain,
    schemas,
    security,
    triggers,
    types,
    views
);

#[test]
fn every_folder_is_a_case() {
    let mut folders: Vec<_> = fs::read_dir(source(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    assert_eq!(folders, CASES);
}

/// The files of one table, each small enough to be read in a review.
#[test]
fn the_rust_of_a_table() {
    let project = Copy::of("plain");
    project.tablec(&["generate"], "");
    for folder in ["rows", "ports", "repositories", "factories"] {
        snapshot(
            &format!("plain_{folder}"),
            &project.read(&format!("out/src/{folder}/notes.rs")),
        );
    }
}

/// `codes` is an `int8`; an `int4` refers to it, and an `int2` to that one.
#[test]
fn a_made_key_is_as_narrow_as_what_refers_to_it() {
    let project = Copy::of("keys");
    project.tablec(&["generate"], "");
    let factory = project.read("out/src/factories/codes.rs");
    assert!(factory.contains("n.integer(1, 32_767)"), "{factory}");
}

/// One workspace, and the target folder that the other tests of generated Rust have: dependencies are built once.
#[test]
fn the_rust_of_all_cases_compiles() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust");
    let workspace = root.join("generate");
    let _ = fs::remove_dir_all(&workspace);
    for case in CASES {
        let project = Copy::into(case, &workspace.join(case));
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
        let settings = project.read("tablec.toml");
        let settings = format!("{settings}\n[rust]\nruntime = \"{}\"\n", runtime.display());
        fs::write(project.folder.join("tablec.toml"), settings).unwrap();
        project.tablec(&["generate"], "");
    }
    fs::write(
        workspace.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"*/out\"]\n",
    )
    .unwrap();
    fs::write(
        workspace.join("Cargo.lock"),
        include_str!("../../Cargo.lock"),
    )
    .unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--all-targets", "--offline"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn source(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases/generate")
        .join(case)
}

fn check(case: &str) {
    let project = Copy::of(case);
    project.tablec(&["generate"], "");
    snapshot(case, &project.read("migrations/0001_initial.sql"));

    let database = Database::new();
    let url = database.url();
    project.tablec(&["migrate", "up"], &url);
    project.tablec(&["diff"], &url);
    project.tablec(&["check", "--offline"], "");
    project.tablec(&["generate", "--check"], "");
}

/// A case's files in a folder of their own.
struct Copy {
    folder: PathBuf,
    _temporary: Option<tempfile::TempDir>,
}

impl Copy {
    fn of(case: &str) -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let copy = Self::into(case, temporary.path());
        Self {
            _temporary: Some(temporary),
            ..copy
        }
    }

    fn into(case: &str, folder: &Path) -> Self {
        let source = source(case);
        for entry in WalkDir::new(&source) {
            let entry = entry.unwrap();
            let target = folder.join(entry.path().strip_prefix(&source).unwrap());
            if entry.file_type().is_dir() {
                fs::create_dir_all(target).unwrap();
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
        Self {
            folder: folder.to_owned(),
            _temporary: None,
        }
    }

    /// Runs the command; it has to find nothing.
    fn tablec(&self, arguments: &[&str], url: &str) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tablec"));
        let output = command
            .current_dir(&self.folder)
            .args(arguments)
            .env("DATABASE_URL", url)
            .output()
            .unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "tablec {}\n{text}",
            arguments.join(" ")
        );
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/generate");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
