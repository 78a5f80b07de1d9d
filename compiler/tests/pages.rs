//! The commands on the pages for newcomers are run, and their output is what the page shows.
//!
//! In a page, a block after `<!-- file: PATH -->` is written to that file, and `<!-- add: PATH -->` adds to it. In a `console`
//! block each line `$ COMMAND` is run by a shell in the page's own project, with a database of its own in `DATABASE_URL`;
//! the lines after it are what it prints. `TABLEC_WRITE=1 cargo test -p tablec --test pages` writes them anew.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tablec_testing::Database;

#[test]
fn the_readme_shows_what_happens() {
    check("README.md");
}

#[test]
fn the_guide_shows_what_happens() {
    check("docs/guide.md");
}

fn check(page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(page);
    let text = fs::read_to_string(&path).unwrap();
    let played = Session::new().play(&text);
    if env::var_os("TABLEC_WRITE").is_some() {
        fs::write(&path, played).unwrap();
    } else {
        let diff = similar::TextDiff::from_lines(&text, &played)
            .unified_diff()
            .header(page, "what happens")
            .to_string();
        assert!(
            diff.is_empty(),
            "{page} is stale; run `TABLEC_WRITE=1 cargo test -p tablec --test pages`\n{diff}"
        );
    }
}

/// One page's folder and database.
struct Session {
    folder: tempfile::TempDir,
    database: Database<'static>,
}

/// What the next block is for.
enum Block {
    Shown,
    File(PathBuf),
    Addition(PathBuf),
}

impl Session {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            database: Database::new(),
        }
    }

    /// The page with the output as it is now.
    fn play(&self, page: &str) -> String {
        let mut result = String::new();
        let mut lines = page.lines().peekable();
        let mut next = Block::Shown;
        while let Some(line) = lines.next() {
            result += line;
            result += "\n";
            if let Some(block) = directive(line) {
                next = block;
            } else if line.starts_with("```") {
                let body: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
                result += &self.block(line, &body, &next);
                result += "```\n";
                next = Block::Shown;
            }
        }
        result
    }

    fn block(&self, head: &str, body: &[&str], purpose: &Block) -> String {
        let text: String = body.iter().flat_map(|line| [*line, "\n"]).collect();
        match purpose {
            Block::File(path) => self.write(path, &text),
            Block::Addition(path) => {
                let old = fs::read_to_string(self.folder.path().join(path)).unwrap();
                self.write(path, &(old + &text));
            }
            Block::Shown if head == "```console" => return self.console(body),
            Block::Shown => {}
        }
        text
    }

    fn write(&self, path: &Path, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn console(&self, body: &[&str]) -> String {
        let mut result = String::new();
        let mut commands = body.split(|line| line.starts_with("$ ")).skip(1);
        for prompt in body.iter().filter(|line| line.starts_with("$ ")) {
            let shown: String = commands
                .next()
                .unwrap_or_default()
                .iter()
                .flat_map(|line| [*line, "\n"])
                .collect();
            let printed = self.run(&prompt[2..]);
            let same = without_times(&shown) == without_times(&printed);
            result += prompt;
            result += "\n";
            result += if same { &shown } else { &printed };
        }
        result
    }

    fn run(&self, command: &str) -> String {
        let tablec = Path::new(env!("CARGO_BIN_EXE_tablec")).parent().unwrap();
        let psql = tablec_testing::cluster().binaries().dir().to_owned();
        let rest = env::var_os("PATH").unwrap_or_default();
        let path = [tablec.to_owned(), psql]
            .into_iter()
            .chain(env::split_paths(&rest));
        let output = Command::new("sh")
            .args(["-c", &format!("exec 2>&1; {command}")])
            .current_dir(self.folder.path())
            .env("PATH", env::join_paths(path).unwrap())
            .env("DATABASE_URL", self.database.url())
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }
}

fn directive(line: &str) -> Option<Block> {
    let inner = line.strip_prefix("<!-- ")?.strip_suffix(" -->")?;
    match inner.split_once(": ")? {
        ("file", path) => Some(Block::File(path.into())),
        ("add", path) => Some(Block::Addition(path.into())),
        _ => None,
    }
}

/// Milliseconds differ from run to run.
fn without_times(text: &str) -> String {
    let words = text
        .split_inclusive(char::is_whitespace)
        .collect::<Vec<_>>();
    let is_time = |at: usize| {
        words
            .get(at + 1)
            .is_some_and(|unit| unit.trim_end() == "ms")
    };
    let numbers = words
        .iter()
        .enumerate()
        .map(|(at, word)| if is_time(at) { "… " } else { word });
    numbers.collect()
}
