//! A project in one text, and what has to hold of reading it.

use std::collections::BTreeMap;

use tablec::diagnostics::{SourceFile, Sources, render_human, to_json};
use tablec::spec;

/// The files of a project: each starts with a line `=== path`. As on a disk, a path is there once.
fn files(text: &str) -> Vec<SourceFile> {
    let parts = text
        .split("=== ")
        .skip(1)
        .map(|part| {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            SourceFile::new(path.trim(), text)
        })
        .map(|file| (file.path.clone(), file));
    parts.collect::<BTreeMap<_, _>>().into_values().collect()
}

/// Reads a project and shows what is wrong with it. Nothing panics, and every place is inside its file.
pub fn read(text: &str) {
    let files = files(text);
    let (_, found) = spec::read(&files);
    let sources = Sources::new(&files);
    for diagnostic in &found {
        let place = &diagnostic.place;
        let text = sources.text(&place.file);
        assert!(text.get(place.range.clone()).is_some(), "{diagnostic:?}");
    }
    render_human(&found, &sources, false, 80);
    to_json(&found, &sources);
}
