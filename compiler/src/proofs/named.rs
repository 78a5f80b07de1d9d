//! Level 1: what suites name.

use std::collections::BTreeSet;
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

/// Whether a text has a name as a word of its own. Names without quotes are the same in any case.
pub fn has_word(text: &str, name: &str) -> bool {
    let folds = name
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if folds {
        find_word(&text.to_ascii_lowercase(), name)
    } else {
        find_word(text, name) || find_word(text, &name.replace('"', "\"\""))
    }
}

fn find_word(text: &str, name: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$');
    text.match_indices(name).any(|(at, found)| {
        !name.is_empty()
            && !inside(text[..at].chars().next_back())
            && !inside(text[at + found.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::has_word;

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
