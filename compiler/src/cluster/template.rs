use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{fs, io, process};

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::supervisor::{Supervisor, failed};
use super::{Binaries, ClusterError, places};

/// Fills the data folder: a copy of an earlier `initdb` of the same programs (0.1 s), or `initdb` itself (0.7 s).
pub(super) fn fill(supervisor: &mut Supervisor, binaries: &Binaries) -> Result<(), ClusterError> {
    let template = path(binaries);
    if let Some(path) = template.as_deref().filter(|path| path.is_dir())
        && supervisor.step(&format!("copy {}", path.display()))?
    {
        return Ok(());
    }
    if !supervisor.step("initdb")? {
        return Err(failed("run `initdb`", supervisor.log()));
    }
    if let Some(path) = template {
        // A cache that can't be written costs time, nothing else.
        let _ = keep(&supervisor.folder().join("data"), &path);
    }
    Ok(())
}

/// Removes the template, in case it is what keeps a server from starting.
pub(super) fn forget(binaries: &Binaries) {
    if let Some(path) = path(binaries) {
        let _ = fs::remove_dir_all(path);
    }
}

/// Where the template of these programs is kept; a new minor version gets a new one.
fn path(binaries: &Binaries) -> Option<PathBuf> {
    let initdb = fs::metadata(binaries.dir().join("initdb")).ok()?;
    let built = initdb.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let key = format!(
        "{} {} {}",
        binaries.version(),
        binaries.dir().display(),
        built.as_nanos()
    );
    let digest = Sha256::digest(key);
    let number = digest
        .iter()
        .take(8)
        .fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    let path = places::cache()?.join(format!("clusters/{}-{number:016x}", binaries.major()));
    // The path is one line of the supervisor's input.
    path.to_str()
        .is_some_and(|path| !path.contains('\n'))
        .then_some(path)
}

/// Copies a fresh data folder into the cache, whole or not at all. Everybody may read it: there is nothing in it.
fn keep(data: &Path, template: &Path) -> io::Result<()> {
    let parent = template.parent().unwrap_or(template);
    fs::create_dir_all(parent)?;
    let draft = tempfile::Builder::new()
        .prefix(&format!("draft-{}-", process::id()))
        .tempdir_in(parent)?;
    copy(data, draft.path())?;
    fs::rename(draft.path(), template)?;
    let _ = draft.keep();
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let relative = entry.path().strip_prefix(from).map_err(io::Error::other)?;
        let target = to.join(relative);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target)?;
            fs::set_permissions(&target, fs::Permissions::from_mode(0o755))?;
        } else {
            fs::copy(entry.path(), &target)?;
            fs::set_permissions(&target, fs::Permissions::from_mode(0o644))?;
        }
    }
    Ok(())
}
