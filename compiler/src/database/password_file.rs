use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::{env, fs};

use super::target::variable;

/// The password that the password file (`PGPASSFILE` or `~/.pgpass`) has for a connection.
///
/// Like libpq, a file that others may read is not used.
/// [Manual, chapter 34.16](https://www.postgresql.org/docs/current/libpq-pgpass.html).
pub(super) fn find(host: &str, port: u16, database: &str, user: &str) -> Option<String> {
    let path = path()?;
    let private = fs::metadata(&path)
        .ok()?
        .permissions()
        .mode()
        .trailing_zeros()
        >= 6;
    let text = fs::read_to_string(&path).ok().filter(|_| private)?;
    search(&text, &[host, &port.to_string(), database, user])
}

fn path() -> Option<PathBuf> {
    let own = || Some(Path::new(&env::var_os("HOME")?).join(".pgpass"));
    variable("PGPASSFILE").map(PathBuf::from).or_else(own)
}

/// The fifth field of the first line whose first four match; `*` matches everything.
fn search(text: &str, wanted: &[&str; 4]) -> Option<String> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .find_map(|line| {
            let fields = fields(line);
            let (password, keys) = fields.split_last()?;
            let matches = keys.len() == wanted.len()
                && keys
                    .iter()
                    .zip(wanted)
                    .all(|(key, wanted)| key == "*" || key == wanted);
            matches.then(|| password.clone())
        })
}

/// Splits at `:`; a backslash takes the next character as it is. There are at most five fields.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        let next = match character {
            ':' if fields.len() < 5 => {
                fields.push(String::new());
                continue;
            }
            '\\' => characters.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(field) = fields.last_mut() {
            field.push(next);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::search;

    #[test]
    fn takes_the_first_line_that_matches() {
        let file = "# comment\nother:5432:*:*:no\n*:5432:app:me:se\\:cret\\\\\n*:*:*:*:last\n";
        let find = |database, user| search(file, &["db", "5432", database, user]);
        assert_eq!(find("app", "me").as_deref(), Some("se:cret\\"));
        assert_eq!(find("app", "you").as_deref(), Some("last"));
        assert_eq!(search("db:5432:app", &["db", "5432", "app", "me"]), None);
    }
}
