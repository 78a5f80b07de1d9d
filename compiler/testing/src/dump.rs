use std::path::Path;
use std::process::Command;

/// What `pg_dump -s` writes of a database, [`without_noise`].
///
/// # Panics
/// Where `pg_dump` fails.
pub fn dump(pg_dump: &Path, url: &str) -> String {
    let output = Command::new(pg_dump)
        .args(["-s", "--no-password", url])
        .output();
    let output = output.unwrap_or_else(|error| panic!("{}: {error}", pg_dump.display()));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", pg_dump.display());
    without_noise(&String::from_utf8_lossy(&output.stdout))
}

/// Drops what says nothing about the schema: the random key of `\restrict`, versions, the heading of each object, and
/// the empty lines about it. A comment within a function's body stays.
pub fn without_noise(dump: &str) -> String {
    let lines: Vec<_> = dump.lines().collect();
    let mut kept = String::new();
    let mut at = 0;
    while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
        let noise = noise(rest);
        if noise == 0 {
            kept.push_str(rest[0]);
            kept.push('\n');
        }
        at += noise.max(1);
    }
    sort_alterations(&sort_grants(&kept))
}

/// The order in which privileges were granted says nothing either.
fn sort_grants(dump: &str) -> String {
    let is_grant = |line: &str| line.starts_with("GRANT ") && line.ends_with(';');
    let mut lines: Vec<&str> = dump.split_inclusive('\n').collect();
    for run in lines.chunk_by_mut(|a, b| is_grant(a.trim_end()) && is_grant(b.trim_end())) {
        run.sort_unstable();
    }
    lines.concat()
}

/// Nor does the order in which tables joined publications, domains got checks that are not valid, and views were made that
/// are dumped in two steps, which that of PostgreSQL 16 follows.
fn sort_alterations(dump: &str) -> String {
    let is_one = |block: &&str| {
        block.starts_with("ALTER PUBLICATION ") && block.contains(" ADD TABLE ")
            || block.starts_with("ALTER DOMAIN ") && block.contains(" ADD CONSTRAINT ")
            || block.starts_with("CREATE OR REPLACE VIEW ")
    };
    let mut all: Vec<&str> = dump.split("\n\n").collect();
    let trimmed = all.iter().map(|block| block.trim_start_matches('\n'));
    let mut sorted: Vec<&str> = trimmed.filter(is_one).collect();
    sorted.sort_unstable();
    let mut sorted = sorted.into_iter();
    for block in all
        .iter_mut()
        .filter(|block| is_one(&block.trim_start_matches('\n')))
    {
        *block = sorted.next().unwrap_or(block);
    }
    all.join("\n\n")
}

/// A dump without what the order of columns decides: the lines of each `CREATE TABLE` are sorted, and so are comments on columns
/// and what is said of an heir's.
pub fn in_any_order(dump: &str) -> Vec<String> {
    let (mut rest, mut comments, mut table) = (Vec::new(), Vec::new(), None::<Vec<String>>);
    for line in dump.lines().filter(|line| !line.is_empty()) {
        match &mut table {
            None if line.starts_with("CREATE ") && line.ends_with('(') => {
                table = Some(vec![line.to_owned()]);
            }
            None if of_column(line) => comments.push(line.to_owned()),
            None => rest.push(line.to_owned()),
            Some(lines) if line.starts_with(')') => {
                lines.sort();
                rest.append(lines);
                rest.push(line.to_owned());
                table = None;
            }
            Some(lines) => lines.push(line.trim_end_matches(',').to_owned()),
        }
    }
    comments.sort();
    rest.append(&mut comments);
    rest
}

fn of_column(line: &str) -> bool {
    let default = line.starts_with("ALTER TABLE ONLY ") && line.contains(" ALTER COLUMN ");
    default || line.starts_with("COMMENT ON COLUMN ")
}

/// How many lines of noise there are at the start.
fn noise(lines: &[&str]) -> usize {
    match lines {
        ["--", heading, "--", "", "", ..] if is_heading(heading) => 5,
        ["--", heading, "--", "", ..] if is_heading(heading) => 4,
        ["--", heading, "--", ..] if is_heading(heading) => 3,
        [line, "", ..] if is_preamble(line) => 2,
        [line, ..] if is_preamble(line) => 1,
        _ => 0,
    }
}

fn is_heading(line: &str) -> bool {
    line.starts_with("-- PostgreSQL database dump")
        || (line.starts_with("-- Name: ") && line.contains("; Type: "))
}

fn is_preamble(line: &str) -> bool {
    [
        "\\restrict ",
        "\\unrestrict ",
        "-- Dumped from database version ",
        "-- Dumped by pg_dump version ",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::without_noise;

    #[test]
    fn keeps_the_schema_and_the_comments_of_functions() {
        let dump = "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\n-- Dumped from database version 15\n\
            SET x = 1;\n\n--\n-- Name: f(); Type: FUNCTION; Schema: public; Owner: me\n--\n\n\
            CREATE FUNCTION f() AS $$\n--\n-- Why\n--\nselect 1\n$$;\n\n\n\\unrestrict abc\n";
        let kept = "SET x = 1;\n\nCREATE FUNCTION f() AS $$\n--\n-- Why\n--\nselect 1\n$$;\n\n\n";
        assert_eq!(without_noise(dump), kept);
    }
}
