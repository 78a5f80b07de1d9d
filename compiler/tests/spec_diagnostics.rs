//! What a user sees of a bad spec: one folder for each case, `cases/diagnostics/<code>/<case>/`, with a snapshot.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tablec::diagnostics::{Diagnostic, Severity, Sources, render_human, to_json};
use tablec::{files, spec};

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/diagnostics");
    let mut cases: Vec<PathBuf> = folders(&root)
        .iter()
        .flat_map(|code| folders(code))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect()
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The findings of a project, and how they are shown.
fn findings(project: &Path) -> (Vec<Diagnostic>, String) {
    let (files, mut found) = files::load(project);
    found.extend(spec::read(&files).1);
    let shown = render_human(&found, &Sources::new(&files), false, 100);
    (found, shown)
}

#[test]
fn each_case_is_told_as_its_snapshot_says() {
    insta::with_settings!({ snapshot_path => "../../snapshots/diagnostics", prepend_module_to_snapshot => false, omit_expression => true }, {
        for case in cases() {
            let code = name(case.parent().unwrap());
            let (found, shown) = findings(&case);
            assert!(found.iter().any(|found| found.code == code), "{}: no {code} in\n{shown}", case.display());
            insta::assert_snapshot!(format!("{code}--{}", name(&case)), shown);
        }
    });
}

#[test]
fn programs_get_the_same_with_lines_and_columns() {
    for case in cases() {
        let (files, mut found) = files::load(&case);
        found.extend(spec::read(&files).1);
        let json = to_json(&found, &Sources::new(&files));
        let all = json.as_array().unwrap();
        assert_eq!(all.len(), found.len());
        for (one, found) in all.iter().zip(&found) {
            assert_eq!(one["code"], found.code);
            assert!(
                one["place"]["line"].as_u64() >= Some(1)
                    && one["place"]["column"].as_u64() >= Some(1)
            );
            let file = files.iter().find(|file| file.path == found.place.file);
            let length = file.map_or(0, |file| file.text.len());
            assert!(
                found.place.range.end <= length,
                "{}: {found:?}",
                case.display()
            );
        }
    }
}

/// All cases' mistakes in one run: every one is told.
#[test]
fn fifty_errors_are_fifty_findings() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/spec/fifty_errors");
    let (found, shown) = findings(&project);
    let errors: Vec<_> = found
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .collect();
    let places: BTreeSet<_> = errors
        .iter()
        .map(|found| (&found.place.file, found.place.range.start, found.code))
        .collect();
    assert!(places.len() >= 50, "{} of\n{shown}", places.len());
}
