//! Verdicts from before: one is good as long as all that it depends on says the same.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::prove::Verdict;

/// What a verdict depends on, as a checksum.
pub type Key = String;

/// Verdicts by what they depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cache(BTreeMap<Key, Verdict>);

impl Cache {
    /// A verdict from before.
    pub fn get(&self, key: &Key) -> Option<&Verdict> {
        self.0.get(key)
    }

    /// The verdicts to remember: those that a run has found.
    pub fn remember(found: impl IntoIterator<Item = (Key, Verdict)>) -> Self {
        Self(
            found
                .into_iter()
                .filter(|(_, verdict)| *verdict != Verdict::NotRun)
                .collect(),
        )
    }

    /// What was written down; what cannot be read is forgotten.
    pub fn parse(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_default())
    }

    /// As text.
    pub fn to_text(&self) -> String {
        // A map of strings always becomes JSON.
        serde_json::to_string_pretty(&self.0).unwrap_or_default()
    }
}

/// The checksum of several texts.
pub fn key<'a>(parts: impl IntoIterator<Item = &'a str>) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize()
        .iter()
        .take(16)
        .fold(String::new(), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
