//! A database and a spec that were found to agree, known again by their content: while neither has changed, there is
//! nothing to compare.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::super::PROJECT_FILE;
use super::super::project::Project;
use super::super::remembered::{self, program};
use super::{Global, Scope, Source};
use crate::migrations::checksum;
use crate::outputs::{digest, fingerprint};

/// A comparison that may turn out to be one that was made before.
pub struct Agreement {
    dir: PathBuf,
    parts: Vec<PathBuf>,
    /// What else the answer depends on.
    seed: String,
    /// Under which name it is remembered, one for each database.
    name: String,
}

/// The two that agree.
#[derive(Serialize, Deserialize)]
struct Known {
    spec: String,
    database: [u8; 32],
}

impl Agreement {
    /// `None` where it is not the project's spec that a database is compared with.
    pub fn new(
        [from, to]: [&Source; 2],
        scope: &Scope,
        templates: &str,
        global: &Global,
    ) -> Option<Self> {
        let (Source::Database(url), Source::Spec) = (from, to) else {
            return None;
        };
        let dir = global.project_dir().ok()?;
        let shadow = global.shadow_url();
        // Digits enough to keep databases apart, and too few to find a URL's password by.
        let few: String = checksum(url.as_bytes()).chars().take(4).collect();
        Some(Self {
            parts: vec![PROJECT_FILE.into(), "spec".into(), templates.into()],
            seed: format!("{} {shadow:?} {scope:?}", program()?),
            name: format!("cache/agreed-{few}.json"),
            dir,
        })
    }

    /// The digest of the database that agrees with the spec as it is now.
    pub fn database(&self) -> Option<[u8; 32]> {
        let text = fs::read(remembered::path(&self.dir, &self.name)).ok()?;
        let known: Known = serde_json::from_slice(&text).ok()?;
        (self.spec(&BTreeMap::new())? == known.spec).then_some(known.database)
    }

    /// Remembers it. It can always be worked out again, so that failing to is no error.
    pub fn keep(&self, project: &Project, database: [u8; 32]) {
        let sources = project.sources.iter();
        let read = sources.map(|source| (source.path.clone(), digest(&source.text)));
        let known = self
            .spec(&read.collect())
            .map(|spec| Known { spec, database });
        let text = known.and_then(|known| serde_json::to_vec(&known).ok());
        let _ = text.map(|text| remembered::write(&self.dir, &self.name, &text));
    }

    fn spec(&self, read: &BTreeMap<PathBuf, [u8; 32]>) -> Option<String> {
        fingerprint(&self.dir, &self.parts, &[], read, &self.seed)
    }
}
