//! `tablec::sql` over real schemas: nothing valid is refused, and the two ways of cutting a script agree.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tablec::sql::{
    PieceKind, check_statements, mentions, normal_text, same_text, split, statements,
};
use walkdir::WalkDir;

fn scripts() -> Vec<PathBuf> {
    let Some(corpus) = tablec_testing::corpus() else {
        println!("0 scripts: TABLEC_CORPUS is not set");
        return Vec::new();
    };
    let files = WalkDir::new(corpus)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok);
    let paths = files.map(walkdir::DirEntry::into_path);
    let scripts: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "sql"))
        .collect();
    println!("{} scripts", scripts.len());
    scripts
}

#[test]
fn real_scripts_are_cut_and_checked() {
    let wrong: Vec<String> = scripts().par_iter().flat_map(|path| wrong(path)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn wrong(path: &Path) -> Vec<String> {
    let Ok(script) = fs::read_to_string(path) else {
        return Vec::new();
    };
    let mut wrong = Vec::new();
    let pieces = split(&script);
    let parts: Vec<_> = pieces
        .iter()
        .filter(|piece| piece.kind == PieceKind::Statement)
        .map(|piece| &script[piece.range.clone()])
        .collect();
    let sql = parts
        .iter()
        .map(|part| format!("{part};\n"))
        .collect::<Vec<_>>()
        .concat();
    let shown = path.display();
    wrong.extend(check_statements(&sql).into_iter().map(|error| {
        let line = sql[..error.range.start]
            .rsplit('\n')
            .next()
            .map_or(0, str::len);
        let text: String = sql[error.range.start - line..].chars().take(150).collect();
        format!("{shown}: {error} in {text}")
    }));
    let found = statements(&sql);
    if found.len() != parts.len() {
        wrong.push(format!(
            "{shown}: {} statements, {} parts",
            found.len(),
            parts.len()
        ));
    }
    for part in parts {
        let normal = normal_text(part);
        if !same_text(part, &normal) || normal_text(&normal) != normal {
            wrong.push(format!("{shown}: not the same: {part}"));
        }
        let _ = mentions(part);
    }
    wrong
}
