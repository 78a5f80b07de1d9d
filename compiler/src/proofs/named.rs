//! Level 1: what suites name.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use super::stage::Script;

/// The suites whose text has this name as a word, in code, in a string or in a comment: it is the weakest evidence.
/// Where the name is not the only one of its kind, its table's name must be there too.
pub fn named_in(suites: &[Script], name: &str, table: Option<&str>) -> BTreeSet<PathBuf> {
    let names = |suite: &&Script| {
        has_word(&suite.text, name) && table.is_none_or(|table| has_word(&suite.text, table))
    };
    suites
        .iter()
        .filter(names)
        .map(|suite| suite.path.clone())
        .collect()
}

/// The words of all suites together, for asking about many names.
pub struct Words<'a> {
    suites: &'a [Script],
    folded: HashSet<String>,
}

impl<'a> Words<'a> {
    /// Reads all suites once.
    pub fn of(suites: &'a [Script]) -> Self {
        let words = suites
            .iter()
            .flat_map(|suite| suite.text.split(|c| !is_inside(c)));
        let folded = words.map(str::to_ascii_lowercase).collect();
        Self { suites, folded }
    }

    /// Whether any suite has the name, as [`has_word`] understands it.
    pub fn has(&self, name: &str) -> bool {
        if folds(name) {
            return self.folded.contains(name);
        }
        self.suites.iter().any(|suite| has_word(&suite.text, name))
    }
}

/// Whether a text has a name as a word of its own. Names without quotes are the same in any case.
pub fn has_word(text: &str, name: &str) -> bool {
    if folds(name) {
        find_word(&text.to_ascii_lowercase(), name)
    } else {
        find_word(text, name) || find_word(text, &name.replace('"', "\"\""))
    }
}

fn folds(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a character can be in the middle of a name without quotes.
fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn find_word(text: &str, name: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(is_inside);
    text.match_indices(name).any(|(at, found)| {
        !name.is_empty()
            && !inside(text[..at].chars().next_back())
            && !inside(text[at + found.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::{Words, has_word};
    use crate::proofs::stage::Script;

    #[test]
    fn many_names_are_found_as_one_is() {
        let text = "-- tasks_touch, TASKS_DONE, old_tasks_x$ \"Touch it\"".to_owned();
        let suites = [Script {
            path: "a.sql".into(),
            text: text.clone(),
        }];
        let words = Words::of(&suites);
        for name in [
            "tasks_touch",
            "tasks_done",
            "tasks_x",
            "x",
            "Touch it",
            "touch it",
            "Touch",
            "",
        ] {
            assert_eq!(words.has(name), has_word(&text, name), "{name}");
        }
    }

    #[test]
    fn names_are_words() {
        assert!(has_word("-- tasks_touch, and more", "tasks_touch"));
        assert!(has_word(
            "select has_trigger('tasks', 'TASKS_TOUCH')",
            "tasks_touch"
        ));
        assert!(!has_word("tasks_touched", "tasks_touch"));
        assert!(!has_word("old_tasks_touch", "tasks_touch"));
        assert!(has_word("\"Touch it\"", "Touch it"));
        assert!(!has_word("\"touch it\"", "Touch it"));
    }
}
