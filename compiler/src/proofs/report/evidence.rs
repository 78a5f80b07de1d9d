//! The evidence for each trigger, policy and function, for people and programs.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::proofs::bodies::{Body, Ran};
use crate::proofs::examine::Evidence;
use crate::proofs::proof::{Kind, Level, Subject, Tried};
use crate::proofs::prove::Verdict;
use crate::templates::{TemplateError, Templates};

/// The least level for each kind; none where nothing is required.
pub type Required = BTreeMap<Kind, Level>;

/// All that a report shows.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    version: u32,
    /// The level that triggers need.
    required: &'static str,
    /// Whether everything reaches what it needs.
    pub passed: bool,
    /// How many do not.
    pub missing: usize,
    /// One line for a README.
    pub badge: String,
    subjects: Vec<Entry<'a>>,
    /// What ran of the functions' bodies.
    bodies: &'a Ran,
    /// Suites that fail, whatever they are to prove.
    failed_suites: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    #[serde(flatten)]
    subject: &'a Subject,
    level: &'static str,
    /// Whether a level is required.
    gated: bool,
    firings: i64,
    killed: usize,
    tried: usize,
    shortcomings: Vec<Shortcoming<'a>>,
    notes: Vec<String>,
    /// What ran of its function's body.
    body: Option<&'a Body>,
}

#[derive(Debug, Serialize)]
struct Shortcoming<'a> {
    what: String,
    missing: Option<&'a str>,
}

impl<'a> Report<'a> {
    /// Judges the evidence.
    pub fn new(evidence: &'a Evidence, required: &Required) -> Self {
        let subjects = &evidence.subjects;
        let failed_suites: Vec<String> = evidence
            .runs
            .iter()
            .filter(|run| !run.passed())
            .map(|run| run.suite.path.display().to_string())
            .collect();
        let entries: Vec<Entry<'a>> = subjects
            .iter()
            .map(|subject| Entry::new(subject, &evidence.ran, required))
            .collect();
        let missing = entries
            .iter()
            .filter(|entry| entry.gated && !entry.shortcomings.is_empty())
            .count();
        Self {
            version: 1,
            required: required
                .get(&Kind::Trigger)
                .copied()
                .unwrap_or_default()
                .word(),
            passed: missing == 0 && failed_suites.is_empty(),
            missing,
            badge: badge(subjects),
            subjects: entries,
            bodies: &evidence.ran,
            failed_suites,
        }
    }

    /// For people: what is missing, then a summary.
    pub fn human(&self) -> String {
        let mut text = String::new();
        for suite in &self.failed_suites {
            let _ = writeln!(
                text,
                "\u{1b}[31m✗\u{1b}[0m {suite} fails; `tablec test` says why"
            );
        }
        for entry in self
            .subjects
            .iter()
            .filter(|entry| entry.gated && !entry.shortcomings.is_empty())
        {
            let _ = writeln!(
                text,
                "\u{1b}[31m✗\u{1b}[0m {} {} is {}",
                entry.subject.kind.word(),
                entry.subject.label,
                standing(entry.level)
            );
            for shortcoming in &entry.shortcomings {
                let _ = writeln!(text, "    {}", shortcoming.what);
                if let Some(missing) = shortcoming.missing {
                    let _ = writeln!(text, "      \u{1b}[2mmissing: {missing}\u{1b}[0m");
                }
            }
        }
        for idle in self.subjects.iter().flat_map(|entry| &entry.subject.idle) {
            let _ = writeln!(text, "\u{1b}[2m! {idle}\u{1b}[0m");
        }
        self.human_bodies(&mut text);
        let _ = writeln!(text, "{}", self.badge);
        text
    }

    /// What of the bodies never ran; it is no shortcoming.
    fn human_bodies(&self, text: &mut String) {
        for (function, body) in &self.bodies.functions {
            let Some(unreached) = body.unreached_text() else {
                continue;
            };
            let _ = writeln!(
                text,
                "\u{1b}[2m! function {function}: {}; never ran: {unreached}\u{1b}[0m",
                body.shares()
            );
        }
        for (function, problem) in &self.bodies.unread {
            let _ = writeln!(
                text,
                "\u{1b}[2m! function {function}: what of it ran is not known: {problem}\u{1b}[0m"
            );
        }
        if let Some(missing) = &self.bodies.missing {
            let _ = writeln!(
                text,
                "\u{1b}[2m! which branches of the functions ran is not known: {missing}\u{1b}[0m"
            );
        }
    }

    /// For pull requests.
    pub fn markdown(&self, templates: &Templates) -> Result<String, TemplateError> {
        templates.render("docs/triggers.md", self)
    }

    /// A page.
    pub fn html(&self, templates: &Templates) -> Result<String, TemplateError> {
        templates.render("docs/triggers.html", self)
    }
}

impl<'a> Entry<'a> {
    fn new(subject: &'a Subject, ran: &'a Ran, required: &Required) -> Self {
        let level = required.get(&subject.kind).copied();
        let mutants = || {
            subject
                .mutants
                .iter()
                .flatten()
                .filter(|tried| !matches!(tried.verdict, Verdict::Impossible { .. }))
        };
        Self {
            subject,
            level: subject.level().word(),
            gated: level.is_some(),
            firings: subject.fired_in.values().sum(),
            killed: mutants()
                .filter(|tried| matches!(tried.verdict, Verdict::Killed { .. }))
                .count(),
            tried: mutants().count(),
            shortcomings: shortcomings(subject, level.unwrap_or_default()),
            notes: subject.notes(),
            body: subject
                .function
                .as_ref()
                .and_then(|function| ran.functions.get(function)),
        }
    }
}

/// With what is missing, where a mutant tells.
fn shortcomings(subject: &Subject, level: Level) -> Vec<Shortcoming<'_>> {
    let said = subject.shortcomings(level);
    let unused = subject.named_in.is_empty() || subject.fired_in.is_empty();
    let open = |what: &str| {
        if unused {
            return Some(subject.wanted.as_str());
        }
        let survived = |tried: &&Tried| {
            tried.verdict == Verdict::Survived && what.ends_with(tried.change.as_str())
        };
        subject
            .mutants
            .iter()
            .flatten()
            .find(survived)
            .map(|tried| tried.missing.as_str())
    };
    said.into_iter()
        .map(|what| Shortcoming {
            missing: open(&what),
            what,
        })
        .collect()
}

fn standing(level: &str) -> &str {
    match level {
        "none" => "not tested",
        "named" => "named and never fired",
        "fired" => "fired, not proved",
        other => other,
    }
}

/// `triggers 14/14 proved, policies 8/8 proved, functions 2/3 fired`
fn badge(subjects: &[Subject]) -> String {
    let part = |kind: Kind, plural: &str| {
        let all: Vec<Level> = subjects
            .iter()
            .filter(|subject| subject.kind == kind)
            .map(Subject::level)
            .collect();
        let best = if subjects.iter().any(|subject| subject.mutants.is_some()) {
            Level::Proved
        } else {
            Level::Fired
        };
        let reached = all.iter().filter(|level| **level >= best).count();
        (!all.is_empty()).then(|| format!("{plural}: {reached} of {} {}", all.len(), best.word()))
    };
    let parts = [
        (Kind::Trigger, "triggers"),
        (Kind::EventTrigger, "event triggers"),
        (Kind::Policy, "policies"),
        (Kind::Function, "functions"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(kind, plural)| part(kind, plural))
        .collect();
    if parts.is_empty() {
        "no triggers".to_owned()
    } else {
        parts.join(", ")
    }
}
