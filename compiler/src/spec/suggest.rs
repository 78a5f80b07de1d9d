//! What somebody probably meant.

/// The known word nearest to `word`, where one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    known
        .map(|candidate| (distance(&folded, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= tolerated(word.len().min(candidate.len())))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The words for a sentence, in their order: `a`, `b`, `c`.
pub fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}

fn distance(word: &str, candidate: &str) -> usize {
    strsim::damerau_levenshtein(word, &candidate.to_lowercase())
}

/// A third of a word may be wrong, and one letter of a short one.
fn tolerated(length: usize) -> usize {
    (length / 3).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood() {
        let known = ["nullable", "default", "type"];
        assert_eq!(nearest("nulable", known.into_iter()), Some("nullable"));
        assert_eq!(nearest("Defualt", known.into_iter()), Some("default"));
        assert_eq!(nearest("zzz", known.into_iter()), None);
    }
}
