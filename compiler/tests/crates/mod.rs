//! Generated crates on the disk, and `cargo` run on them. All share one target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tablec::render::rust::render;
use tablec::spec::Spec;
use tablec::templates::Templates;

const LOCK: &str = include_str!("../../../Cargo.lock");

/// Nobody debugs them: without what a debugger needs they are built in half the time.
const BUILD: [(&str, &str); 2] = [("CARGO_PROFILE_DEV_DEBUG", "0"), ("CARGO_INCREMENTAL", "0")];

/// The folder of the generated crates, which keeps what is built of their dependencies.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust")
}

/// The path of `tablec-runtime`, for `tablec.toml`.
pub fn runtime() -> String {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime");
    runtime.display().to_string()
}

/// Writes the generated crate, with more in its `Cargo.toml`.
pub fn write(spec: &Spec, folder: &Path, manifest: &str) {
    let _ = fs::remove_dir_all(folder.join("src"));
    let _ = fs::remove_dir_all(folder.join("tests"));
    for file in render(spec, &templates()).unwrap() {
        let path = folder.join(file.path.strip_prefix(&spec.project.rust.out).unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let more = if path.ends_with("Cargo.toml") {
            manifest
        } else {
            ""
        };
        fs::write(path, format!("{}{more}", file.text)).unwrap();
    }
}

/// The versions of the dependencies that are built anyway.
pub fn lock(folder: &Path) {
    fs::write(folder.join("Cargo.lock"), LOCK).unwrap();
}

/// Runs `cargo` in a folder, and panics with what it said where it fails.
pub fn cargo(folder: &Path, arguments: &[&str], database_url: &str) -> String {
    let (succeeded, said) = run(folder, arguments, database_url);
    let (command, folder) = (arguments.join(" "), folder.display());
    assert!(succeeded, "cargo {command} in {folder}:\n{said}");
    said
}

/// Runs `cargo` in a folder: whether it succeeded, and what it said.
pub fn run(folder: &Path, arguments: &[&str], database_url: &str) -> (bool, String) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .envs(BUILD)
        .env("CARGO_TARGET_DIR", self::folder().join("target"))
        .env("DATABASE_URL", database_url)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = text(&output.stdout) + &text(&output.stderr);
    (output.status.success(), said)
}

/// Those in the repository as they are now, without building them into a binary first.
fn templates() -> Templates {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/rust");
    let read = |entry: fs::DirEntry| {
        let name = format!("rust/{}", entry.file_name().to_string_lossy());
        (name, fs::read_to_string(entry.path()).unwrap())
    };
    let own = fs::read_dir(folder)
        .unwrap()
        .map(|entry| read(entry.unwrap()))
        .collect();
    Templates::with_own("public", own)
}
