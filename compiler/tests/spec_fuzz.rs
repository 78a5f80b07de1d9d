//! The fuzz target's corpus, replayed, and small changes of it: the reader takes any text without a panic.
//!
//! `TABLEC_MUTANTS=10000` tries as many changes of each text; `cargo +nightly fuzz run read_spec` searches on.

use std::env;
use std::fs;
use std::path::Path;

#[path = "../fuzz/fuzz_targets/project.rs"]
mod project;

fn corpus() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/read_spec");
    let mut all: Vec<_> = fs::read_dir(root)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    assert!(!all.is_empty());
    all
}

#[test]
fn the_corpus_is_read() {
    for (_, text) in corpus() {
        project::read(&text);
    }
}

#[test]
fn changes_of_the_corpus_are_read() {
    let mutants = env::var("TABLEC_MUTANTS").map_or(40, |count| count.parse().unwrap());
    for (name, text) in corpus() {
        let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ text.len() as u64);
        for number in 0..mutants {
            let mutant = random.change(&text);
            let read = std::panic::catch_unwind(|| project::read(&mutant));
            assert!(read.is_ok(), "{name}, change {number}:\n{mutant}");
        }
    }
}

/// The same numbers in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap_or_default()
    }

    /// A few characters taken out, put in, doubled or swapped with those of another place.
    fn change(&mut self, text: &str) -> String {
        const ODD: &[&str] = &[
            "\"",
            "'",
            "'''",
            "[",
            "]",
            "{",
            "}",
            "=",
            ".",
            "\\",
            "\n",
            "\0",
            "é",
            "(",
            ")",
            ";",
            "--",
            "$$",
            "%",
            "0x",
            "-",
            "99999999999999999999",
        ];
        let mut characters: Vec<char> = text.chars().collect();
        for _ in 0..=self.below(4) {
            let at = self.below(characters.len());
            let end = (at + 1 + self.below(12)).min(characters.len());
            match self.below(4) {
                0 => drop(characters.drain(at..end)),
                1 => drop(characters.splice(at..at, ODD[self.below(ODD.len())].chars())),
                2 => {
                    let copied = characters[at..end].to_vec();
                    let to = self.below(characters.len());
                    drop(characters.splice(to..to, copied));
                }
                _ => {
                    let other = self.below(characters.len());
                    characters.swap(at, other);
                }
            }
        }
        characters.into_iter().collect()
    }
}
