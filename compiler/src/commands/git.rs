use std::path::Path;
use std::process::Command;

use super::Failure;

/// What `git` prints, run in a folder.
pub fn git(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let output = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .output()
        .map_err(|error| {
            Failure::with_help(
                format!("could not run git: {error}"),
                "git is needed to look into the history",
            )
        })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let reason = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "git {}: {}",
        arguments.join(" "),
        reason.trim()
    )))
}

/// The same as text.
pub fn git_text(folder: &Path, arguments: &[&str]) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&git(folder, arguments)?).into_owned())
}
