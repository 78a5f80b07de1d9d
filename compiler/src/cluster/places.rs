use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The environment variable that names the folder of PostgreSQL's programs; it comes before all others.
pub const BINDIR_VARIABLE: &str = "TABLEC_PG_BINDIR";

/// Folders of PostgreSQL's programs as packages lay them out; `*` stands for a version.
/// Debian, Red Hat, the manual's `make install`, Homebrew (Apple silicon, Intel), Postgres.app.
const PACKAGED: [(&str, &str); 6] = [
    ("/usr/lib/postgresql", "bin"),
    ("/usr", "bin"),
    ("/usr/local", "bin"),
    ("/opt/homebrew/opt", "bin"),
    ("/usr/local/opt", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "bin"),
];

/// Where the server's programs may be, the user's own choice first. A path may not exist.
pub(super) fn candidates() -> impl Iterator<Item = PathBuf> {
    on_path()
        .chain(std::iter::once_with(pg_config).flatten())
        .chain(std::iter::once_with(packaged).flatten())
        .chain(std::iter::once_with(installed_for_tests).flatten())
}

/// The folder that the user named in the environment.
pub(super) fn named() -> Option<PathBuf> {
    env::var_os(BINDIR_VARIABLE)
        .filter(|dir| !dir.is_empty())
        .map(PathBuf::from)
}

/// The folder where tablec keeps what can be made again: `/var/cache/tablec` for root, so that the user that the
/// server runs as can read it, else `$XDG_CACHE_HOME/tablec` or `~/.cache/tablec`.
pub(super) fn cache() -> Option<PathBuf> {
    if rustix::process::geteuid().is_root() {
        return Some(PathBuf::from("/var/cache/tablec"));
    }
    let folder = |variable| {
        env::var_os(variable)
            .map(PathBuf::from)
            .filter(|dir| dir.is_absolute())
    };
    folder("XDG_CACHE_HOME")
        .or_else(|| folder("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("tablec"))
}

fn on_path() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).collect::<Vec<_>>().into_iter()
}

fn pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let dir = String::from_utf8(output.stdout).ok()?;
    Some(PathBuf::from(dir.trim_end()))
}

fn packaged() -> Vec<PathBuf> {
    let versions = |(parent, bin): &(&str, &str)| newest_first(Path::new(parent), bin);
    PACKAGED.iter().flat_map(versions).collect()
}

/// `compiler/tests/servers.sh` puts other major versions here, to be taken only where one is asked for by number.
fn installed_for_tests() -> Vec<PathBuf> {
    cache().map_or_else(Vec::new, |cache| {
        newest_first(&cache.join("servers"), "bin")
    })
}

/// The `bin` folders of what looks like a PostgreSQL version in `parent`, the highest version first.
fn newest_first(parent: &Path, bin: &str) -> Vec<PathBuf> {
    let Ok(entries) = parent.read_dir() else {
        return Vec::new();
    };
    let mut found: Vec<_> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some((version_of(&name)?, name)))
        .collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found
        .into_iter()
        .map(|(_, name)| parent.join(name).join(bin))
        .collect()
}

/// The version in a folder's name: `15`, `postgresql@15`, `pgsql-15`; 0 where there is none, as in `pgsql`.
fn version_of(folder: &str) -> Option<u32> {
    let number = folder.trim_start_matches(|c: char| !c.is_ascii_digit());
    let named = folder.starts_with("postgresql") || folder.starts_with("pgsql");
    match number.parse() {
        Ok(version) if named || number == folder => Some(version),
        Err(_) if named && number.is_empty() => Some(0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::version_of;

    #[test]
    fn reads_the_version_in_the_name_of_a_package_folder() {
        for (folder, version) in [
            ("15", 15),
            ("pgsql-16", 16),
            ("postgresql@17", 17),
            ("pgsql", 0),
        ] {
            assert_eq!(version_of(folder), Some(version), "{folder}");
        }
        for folder in ["latest", "bin", "python@3", "x86_64", "mysql-15"] {
            assert_eq!(version_of(folder), None, "{folder}");
        }
    }
}
