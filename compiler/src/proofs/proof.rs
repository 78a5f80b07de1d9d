//! How well each trigger, policy and function is tested: what a check and its reports go by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::prove::Verdict;

/// How well something is tested.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// No suite names it.
    #[default]
    None,
    /// A suite names it.
    Named,
    /// And it fires in a suite.
    Fired,
    /// And a suite fails with each of its mutants.
    Proved,
}

impl Level {
    /// The word in `tablec.toml`.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Named => "named",
            Self::Fired => "fired",
            Self::Proved => "proved",
        }
    }
}

/// A level that can be required.
impl std::str::FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Named, Self::Fired, Self::Proved]
            .into_iter()
            .find(|level| level.word() == text)
            .ok_or_else(|| format!("`{text}` is no level; write named, fired or proved"))
    }
}

/// What is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "PostgreSQL's words")]
pub enum Kind {
    Trigger,
    EventTrigger,
    Policy,
    Function,
}

impl Kind {
    /// For people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::EventTrigger => "event trigger",
            Self::Policy => "policy",
            Self::Function => "function",
        }
    }
}

/// A trigger, policy or function, and the evidence.
#[derive(Clone, Debug, Serialize)]
pub struct Subject {
    /// What it is.
    pub kind: Kind,
    /// Its name as people say it, such as `tasks.tasks_touch`.
    pub label: String,
    /// Its own name.
    pub name: String,
    /// Its table, for triggers and policies.
    pub table: Option<String>,
    /// `create …`
    pub definition: String,
    /// The function whose body counts for it: a trigger's, or itself.
    pub function: Option<String>,
    /// What kind of assertion a suite needs in the first place.
    pub wanted: String,
    /// The suites that name it.
    pub named_in: BTreeSet<PathBuf>,
    /// How often it fired, or was asked or called, in which suites.
    pub fired_in: BTreeMap<PathBuf, i64>,
    /// For triggers: by event, how often it fired and how often its condition was not true. For event triggers: by command.
    pub events: BTreeMap<String, Count>,
    /// For triggers with a condition and for policies: whether it was seen true, and not true.
    pub condition: Option<Seen>,
    /// Its mutants, when they were tried.
    pub mutants: Option<Vec<Tried>>,
    /// What is wrong with the spec's reasons for mutants of it.
    pub idle: Vec<String>,
}

/// How often a trigger fired on an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// It fired.
    pub fired: i64,
    /// Its condition was not true.
    pub passed: i64,
}

/// What a condition was seen to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// It was true.
    pub met: bool,
    /// It was false or null.
    pub unmet: bool,
}

/// A mutant that was tried.
#[derive(Clone, Debug, Serialize)]
pub struct Tried {
    /// Its name, under which a spec says why it is equivalent.
    pub kind: String,
    /// What is different: the end of "no test fails when `x` …".
    pub change: String,
    /// What kind of assertion would notice.
    pub missing: String,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

impl Subject {
    /// How well it is tested. Evidence adds up: what is proved fires, and what fires is named.
    pub fn level(&self) -> Level {
        match () {
            () if self.named_in.is_empty() => Level::None,
            () if self.fired_in.is_empty() => Level::Named,
            () if self
                .mutants
                .as_ref()
                .is_some_and(|mutants| mutants.iter().all(Tried::is_settled)) =>
            {
                Level::Proved
            }
            () => Level::Fired,
        }
    }

    /// What is missing for a level, as sentences; nothing when it is reached.
    pub fn shortcomings(&self, required: Level) -> Vec<String> {
        if self.level() >= required {
            return Vec::new();
        }
        let label = &self.label;
        if self.named_in.is_empty() {
            return vec![format!("no suite names {label}")];
        }
        if self.fired_in.is_empty() {
            return vec![format!("no suite {} {label}", self.kind.fires())];
        }
        if self.mutants.is_none() {
            return vec![format!(
                "every suite that {} {label} fails, so nothing can be proved",
                self.kind.fires()
            )];
        }
        let open = self
            .mutants
            .iter()
            .flatten()
            .filter(|tried| !tried.is_settled());
        open.map(|tried| match tried.verdict {
            Verdict::NotRun => format!(
                "there was no time to see whether a test fails when {label} {}",
                tried.change
            ),
            _ => format!("no test fails when {label} {}", tried.change),
        })
        .collect()
    }

    /// What a reader of the report may want to know although the level is reached.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.idle.clone();
        if self.fired_in.is_empty() {
            return notes;
        }
        for (event, count) in &self.events {
            if count.fired == 0 {
                notes.push(format!("never fires on {event}"));
            }
        }
        match self.condition {
            Some(Seen { met: false, .. }) => notes.push("its condition was never true".to_owned()),
            Some(Seen { unmet: false, .. }) => {
                notes.push("its condition was always true".to_owned());
            }
            _ => {}
        }
        notes
    }
}

impl Kind {
    fn fires(self) -> &'static str {
        match self {
            Self::Trigger | Self::EventTrigger => "fires",
            Self::Policy => "asks",
            Self::Function => "calls",
        }
    }
}

impl Tried {
    /// Whether nothing is left to do.
    pub fn is_settled(&self) -> bool {
        !matches!(self.verdict, Verdict::Survived | Verdict::NotRun)
    }
}
