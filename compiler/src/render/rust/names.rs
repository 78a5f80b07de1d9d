//! What the generated types, methods and variants are called.
//!
//! Two names that become the same in Rust are told apart by a number; in a spec that is an error long before.

use std::collections::BTreeSet;

/// The singular of an English plural in snake case, by its last word: `task_labels` → `task_label`.
pub fn singular(name: &str) -> String {
    let (front, word) = name
        .rsplit_once('_')
        .map_or(("", name), |(front, word)| (front, word));
    let word = singular_word(word);
    if front.is_empty() {
        word
    } else {
        format!("{front}_{word}")
    }
}

fn singular_word(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    let stem = |cut: usize, end: &str| format!("{}{end}", &word[..word.len() - cut]);
    let ends = |end: &str| word.len() > end.len() + 1 && word.ends_with(end);
    if ["ss", "us", "is", "news", "series", "species", "ics", "os"]
        .iter()
        .any(|end| word.ends_with(end))
    {
        return word.to_owned();
    }
    match () {
        () if ends("ies") => stem(3, "y"),
        () if ["sses", "shes", "ches", "xes", "zzes", "uses"]
            .iter()
            .any(|end| ends(end)) =>
        {
            stem(2, "")
        }
        () if ends("s") => stem(1, ""),
        () => word.to_owned(),
    }
}

/// Names already given, so that each is given once.
#[derive(Debug, Default)]
pub struct Taken(BTreeSet<String>);

impl Taken {
    /// Names that are not to be given.
    pub fn reserved(names: &[&str]) -> Self {
        Self(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Whether the name has been given.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// The name, or with a number after it when it has been given.
    pub fn give(&mut self, name: &str) -> String {
        let mut given = name.to_owned();
        let mut n = 2;
        while !self.0.insert(given.clone()) {
            // Types and variants have no `_`.
            let gap = if name.starts_with(char::is_uppercase) {
                ""
            } else {
                "_"
            };
            given = format!("{}{gap}{n}", name.trim_end_matches('_'));
            n += 1;
        }
        given
    }

    /// The first of some names that is free, or else the last with a number.
    pub fn give_first(&mut self, names: &[String]) -> String {
        let free = names.iter().find(|name| !self.0.contains(*name));
        self.give(free.or(names.last()).map_or("", String::as_str))
    }
}

const IRREGULAR: &[(&str, &str)] = &[
    ("people", "person"),
    ("children", "child"),
    ("men", "man"),
    ("women", "woman"),
    ("mice", "mouse"),
    ("indices", "index"),
    ("vertices", "vertex"),
    ("matrices", "matrix"),
    ("criteria", "criterion"),
    ("statuses", "status"),
    ("aliases", "alias"),
    ("buses", "bus"),
    ("houses", "house"),
    ("causes", "cause"),
    ("uses", "use"),
    ("users", "user"),
    ("movies", "movie"),
    ("cookies", "cookie"),
    ("lenses", "lens"),
    ("analyses", "analysis"),
    ("bases", "base"),
    ("databases", "database"),
    ("releases", "release"),
    ("purchases", "purchase"),
    ("licenses", "license"),
    ("expenses", "expense"),
    ("responses", "response"),
    ("courses", "course"),
    ("warehouses", "warehouse"),
    ("photos", "photo"),
    ("videos", "video"),
    ("repos", "repo"),
    ("logos", "logo"),
    ("todos", "todo"),
    ("caches", "cache"),
    ("axes", "axis"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_plural_and_rows_singular() {
        for (plural, one) in [
            ("tasks", "task"),
            ("task_labels", "task_label"),
            ("categories", "category"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("audit_log", "audit_log"),
            ("status", "status"),
            ("people", "person"),
            ("news", "news"),
            ("s", "s"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }

    #[test]
    fn a_name_is_given_once() {
        let mut taken = Taken::default();
        assert_eq!(taken.give("a"), "a");
        assert_eq!(taken.give("a"), "a_2");
        assert_eq!(taken.give_first(&["a".to_owned(), "b".to_owned()]), "b");
    }
}
