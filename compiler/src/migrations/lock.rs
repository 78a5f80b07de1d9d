use std::collections::BTreeSet;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::{FileName, Migration, checksum, layout};
use crate::catalog::{Catalog, Dependency, Id, Object};
use crate::render::MARK;

/// The lock file's name, in the folder of the migrations.
pub const LOCK_FILE: &str = "tablec.lock";

const VERSION: u32 = 1;
const FIRST_CHAIN: &str = "";

/// The migrations that were written, and the state that they build.
///
/// As text: a line or section for each migration and for each object, in order, so that two branches' changes
/// merge where they are independent; two migrations with the same number never do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lock {
    /// The migrations, in order.
    pub migrations: Vec<Listed>,
    /// The state after the last one, in the words of the spec.
    pub catalog: Catalog,
}

/// A migration as the lock knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The file's name.
    pub name: FileName,
    /// The checksum of its text.
    pub checksum: String,
    /// The checksum of this line and, through the one before, of all before it.
    pub chain: String,
}

/// Why a lock file can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, miette::Diagnostic)]
pub enum LockError {
    /// Git left both sides in it.
    #[error("the lock file has an unresolved merge conflict at line {line}")]
    #[diagnostic(help(
        "both branches changed the schema. Bring spec/ to what you want, then name the migration that is not released yet: `tablec generate --rebase 0002_its_name.sql`"
    ))]
    Conflict {
        /// Where it begins, from 1.
        line: usize,
    },
    /// Written by a newer tablec.
    #[error("the lock file has the format {0}; this tablec knows {VERSION}")]
    #[diagnostic(help("use the tablec that wrote it, or a newer one"))]
    Newer(u32),
    /// Not what tablec writes.
    #[error("the lock file is damaged at line {line}: {reason}")]
    #[diagnostic(help(
        "take it as it is in the last commit: `git checkout -- migrations/{LOCK_FILE}`"
    ))]
    Damaged {
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
}

#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    object: Object,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    depends: BTreeSet<Dependency>,
}

impl Lock {
    /// The lock after one more migration, which leads to `catalog`.
    #[must_use]
    pub fn after(mut self, migration: &Migration, catalog: Catalog) -> Self {
        self.list(migration);
        self.catalog = Catalog {
            renames: Vec::new(),
            conversions: Vec::new(),
            postgresql: None,
            ..catalog
        };
        self
    }

    /// Adds a migration that does not change what the lock knows of the state.
    pub fn list(&mut self, migration: &Migration) {
        let checksum = migration.checksum();
        let before = self
            .migrations
            .last()
            .map_or(FIRST_CHAIN, |listed| &listed.chain);
        let chain = chain(before, &migration.name, &checksum);
        self.migrations.push(Listed {
            name: migration.name.clone(),
            checksum,
            chain,
        });
    }

    /// The first migration that does not follow from the ones before it.
    pub fn broken_link(&self) -> Option<&Listed> {
        let mut before = FIRST_CHAIN;
        self.migrations.iter().find(|listed| {
            let holds = listed.chain == chain(before, &listed.name, &listed.checksum);
            before = &listed.chain;
            !holds
        })
    }

    /// The file's text.
    ///
    /// # Errors
    /// None that an input could cause: the model always has a form in JSON.
    pub fn to_text(&self) -> serde_json::Result<String> {
        let mut text = format!(
            "# {MARK}: the state that the migrations build. Do not edit.\n\
             # After a merge conflict: tablec generate --rebase 0002_the_unreleased_one.sql\n\
             lock {VERSION}\nschema {}\n",
            serde_json::to_string(&self.catalog.default_schema)?
        );
        for listed in &self.migrations {
            // Writing to a string does not fail.
            let _ = write!(
                text,
                "\nmigration {}\nsha256 {}\nchain {}\n",
                listed.name, listed.checksum, listed.chain
            );
        }
        for (id, object) in &self.catalog.objects {
            let depends = self.catalog.depends.get(id).cloned().unwrap_or_default();
            let entry = Entry {
                object: object.clone(),
                depends,
            };
            let _ = write!(
                text,
                "\nobject {}\n{}\n",
                serde_json::to_string(id)?,
                layout::json(&entry)?
            );
        }
        Ok(text)
    }

    /// Reads a lock file.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        conflict(text)?;
        let mut lock = Self::default();
        let mut version = None;
        for section in sections(text) {
            match section.word {
                "lock" => version = Some(section.version()?),
                "schema" => lock.catalog.default_schema = section.json(section.rest)?,
                "migration" => lock.migrations.push(section.listed()?),
                "object" => lock.add(section.json(section.rest)?, section.json(section.body)?),
                other => return Err(section.damaged(format!("`{other}` is not known"))),
            }
        }
        match version {
            Some(_) => Ok(lock),
            None => Err(LockError::Damaged {
                line: 1,
                reason: "there is no line `lock 1`".to_owned(),
            }),
        }
    }

    /// Whether it knows the migration.
    pub fn lists(&self, name: &FileName) -> bool {
        self.migrations.iter().any(|listed| listed.name == *name)
    }

    fn add(&mut self, id: Id, entry: Entry) {
        if !entry.depends.is_empty() {
            self.catalog.depends.insert(id.clone(), entry.depends);
        }
        self.catalog.objects.insert(id, entry.object);
    }
}

fn chain(before: &str, name: &FileName, sum: &str) -> String {
    checksum(format!("{before}\n{name}\n{sum}\n").as_bytes())
}

fn conflict(text: &str) -> Result<(), LockError> {
    let marker = |line: &str| {
        ["<<<<<<< ", ">>>>>>> "]
            .iter()
            .any(|marker| line.starts_with(marker))
    };
    match text.lines().position(marker) {
        Some(index) => Err(LockError::Conflict { line: index + 1 }),
        None => Ok(()),
    }
}

/// A head line (`word rest`) and the lines up to the next empty line or head.
struct Section<'a> {
    line: usize,
    word: &'a str,
    rest: &'a str,
    body: &'a str,
}

/// The sections of the text, in order. A head is a line that starts with a word; comments start with `#`.
fn sections(text: &str) -> impl Iterator<Item = Section<'_>> {
    let mut offset = 0;
    let mut heads: Vec<(usize, usize, usize)> = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let is_head = ["lock ", "schema ", "migration ", "object "]
            .iter()
            .any(|word| line.starts_with(word));
        let is_strange = heads.is_empty() && !line.starts_with('#') && !line.trim().is_empty();
        if is_head || is_strange {
            heads.push((index + 1, offset, offset + line.len()));
        }
        offset += line.len();
    }
    let ends: Vec<usize> = heads
        .iter()
        .skip(1)
        .map(|head| head.1)
        .chain([text.len()])
        .collect();
    heads
        .into_iter()
        .zip(ends)
        .map(move |((line, start, body), end)| {
            let head = text[start..body].trim_end();
            let (word, rest) = head.split_once(' ').unwrap_or((head, ""));
            Section {
                line,
                word,
                rest,
                body: text[body..end].trim(),
            }
        })
}

impl Section<'_> {
    fn damaged(&self, reason: impl Into<String>) -> LockError {
        LockError::Damaged {
            line: self.line,
            reason: reason.into(),
        }
    }

    fn version(&self) -> Result<u32, LockError> {
        match self.rest.parse() {
            Ok(VERSION) => Ok(VERSION),
            Ok(other) => Err(LockError::Newer(other)),
            Err(_) => Err(self.damaged("the version is not a number")),
        }
    }

    fn json<'t, T: Deserialize<'t>>(&self, text: &'t str) -> Result<T, LockError> {
        serde_json::from_str(text).map_err(|error| self.damaged(error.to_string()))
    }

    fn listed(&self) -> Result<Listed, LockError> {
        let field = |word: &str| {
            self.body
                .lines()
                .find_map(|line| line.strip_prefix(word)?.strip_prefix(' '))
                .map(str::to_owned)
                .ok_or_else(|| self.damaged(format!("there is no `{word}`")))
        };
        let name = self
            .rest
            .parse()
            .map_err(|error: super::file_name::BadFileName| self.damaged(error.to_string()))?;
        Ok(Listed {
            name,
            checksum: field("sha256")?,
            chain: field("chain")?,
        })
    }
}
