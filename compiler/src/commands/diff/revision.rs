use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use super::super::git::git;
use super::Failure;
use crate::diagnostics::SourceFile;

/// The files of the spec as they are in a revision; nothing is checked out.
pub fn files(folder: &Path, revision: &str) -> Result<Vec<SourceFile>, Failure> {
    let listing = git(
        folder,
        &["ls-tree", "-r", "-z", revision, "--", "tablec.toml", "spec"],
    )?;
    let listing = String::from_utf8_lossy(&listing);
    let blobs: Vec<_> = listing.split('\0').filter_map(blob).collect();
    if blobs.is_empty() {
        return Err(Failure::new(format!(
            "there is no spec in the revision {revision}"
        )));
    }
    let contents = contents(folder, &blobs)?;
    Ok(blobs
        .iter()
        .zip(contents)
        .map(|((_, path), text)| SourceFile::new(*path, text))
        .collect())
}

/// `mode type hash<tab>path`, as `git ls-tree` prints it: the hash and the path of what is a spec file.
fn blob(entry: &str) -> Option<(&str, &str)> {
    let (meta, path) = entry.split_once('\t')?;
    let mut meta = meta.split(' ').skip(1);
    let is_spec = [".toml", ".sql"]
        .iter()
        .any(|extension| path.ends_with(extension));
    (meta.next()? == "blob" && is_spec).then_some(())?;
    Some((meta.next()?, path))
}

/// The texts of all blobs, from one process.
fn contents(folder: &Path, blobs: &[(&str, &str)]) -> Result<Vec<String>, Failure> {
    let failed =
        |error: std::io::Error| Failure::new(format!("could not run git cat-file: {error}"));
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut process = command.spawn().map_err(failed)?;
    let hashes: Vec<_> = blobs.iter().map(|(hash, _)| *hash).collect();
    let hashes = hashes.join(
        "
",
    ) + "
";
    let stdin = process.stdin.take();
    // Written beside the reading: git answers as it reads.
    let writer = std::thread::spawn(move || {
        stdin.map_or(Ok(()), |mut stdin| stdin.write_all(hashes.as_bytes()))
    });
    let output = process.wait_with_output().map_err(failed)?;
    if let Ok(Err(error)) = writer.join() {
        return Err(failed(error));
    }
    parse(&output.stdout)
        .ok_or_else(|| Failure::new("git cat-file answered in a way that is not understood"))
}

/// `hash type size`, a new line, the content, a new line; for each blob.
fn parse(mut answer: &[u8]) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    while !answer.is_empty() {
        let end = answer.iter().position(|byte| *byte == b'\n')?;
        let head = std::str::from_utf8(&answer[..end]).ok()?;
        let size: usize = head.rsplit(' ').next()?.parse().ok()?;
        let content = answer.get(end + 1..end + 1 + size)?;
        texts.push(String::from_utf8_lossy(content).into_owned());
        answer = answer.get(end + 2 + size..)?;
    }
    Some(texts)
}
