//! A stream of TAP, line by line.

use std::collections::BTreeSet;

use super::line::{Directive, Line, Plan, Test};
use super::verdict::{Case, Status, Verdict};

const OLDEST_NAMED_VERSION: u64 = 13;

/// Takes the lines of one stream and judges them.
#[derive(Debug)]
pub struct Reader {
    verdict: Verdict,
    state: State,
    version: u64,
    todo: BTreeSet<u64>,
    strict: bool,
    ignore_exit: bool,
    yaml: Option<usize>,
    source: usize,
}

/// Where in the stream we are. A plan may stand first or last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Start,
    Versioned,
    Planned,
    Unplanned,
    PlanAtEnd,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            verdict: Verdict::default(),
            state: State::Start,
            version: OLDEST_NAMED_VERSION - 1,
            todo: BTreeSet::new(),
            strict: false,
            ignore_exit: false,
            yaml: None,
            source: 0,
        }
    }
}

impl Reader {
    /// Takes one line, without its end.
    pub fn line(&mut self, text: &str) {
        if self.verdict.bail_out.is_some() || self.inside_yaml(text) {
            return;
        }
        match Line::read(text, self.version) {
            Line::Version(version) => self.version(version),
            Line::Plan(plan) => self.plan(plan),
            Line::Test(read) => self.test(read),
            Line::Diagnostic(text) => self.diagnostic(text),
            Line::BailOut(reason) => self.verdict.bail_out = Some(reason),
            Line::Pragma(list) => list.iter().for_each(|(on, name)| self.pragma(*on, name)),
            Line::Yaml(indent) => self.yaml = Some(indent),
            Line::Unknown(text) => self.unknown(&text),
        }
    }

    /// What follows comes from this line of the suite.
    pub fn at(&mut self, source: usize) {
        self.source = source;
    }

    /// Whether the file can no longer pass.
    pub fn has_failed(&self) -> bool {
        self.verdict.failures().next().is_some() || self.verdict.bail_out.is_some()
    }

    /// Judges what was read; `exit` is the status of the program that wrote it.
    pub fn finish(mut self, exit: i32) -> Verdict {
        self.verdict.exit = if self.ignore_exit { 0 } else { exit };
        if self.verdict.bail_out.is_none() {
            self.check_count();
        }
        self.verdict
    }

    fn inside_yaml(&mut self, text: &str) -> bool {
        let Some(indent) = self.yaml else {
            return false;
        };
        if text
            .get(indent..)
            .is_some_and(|text| text.trim_end() == "...")
        {
            self.yaml = None;
        }
        true
    }

    fn version(&mut self, version: u64) {
        if self.state != State::Start {
            self.error("If TAP version is present it must be the first line of output");
            return;
        }
        self.state = State::Versioned;
        if version < OLDEST_NAMED_VERSION {
            self.error(format!("Explicit TAP version must be at least {OLDEST_NAMED_VERSION}. Got version {version}"));
        } else if version > OLDEST_NAMED_VERSION {
            self.error(format!(
                "TAP specified version {version} but we don't know about versions later than {OLDEST_NAMED_VERSION}"
            ));
        }
        self.version = version.clamp(OLDEST_NAMED_VERSION - 1, OLDEST_NAMED_VERSION);
    }

    fn plan(&mut self, plan: Plan) {
        match self.state {
            State::Planned => return self.error("More than one plan found in TAP output"),
            State::PlanAtEnd => {
                self.error("More than one plan found in TAP output");
                self.state = State::Planned;
            }
            State::Start | State::Versioned => self.state = State::Planned,
            State::Unplanned => self.state = State::PlanAtEnd,
        }
        self.verdict.planned = Some(plan.tests);
        self.verdict.skip_all = plan.skip_all.or(self.verdict.skip_all.take());
        self.todo.extend(plan.todo);
    }

    fn test(&mut self, test: Test) {
        match self.state {
            State::Start | State::Versioned => self.state = State::Unplanned,
            State::PlanAtEnd => {
                let planned = self.verdict.planned.unwrap_or_default();
                self.error(format!(
                    "Plan (1..{planned}) must be at the beginning or end of the TAP output"
                ));
                self.state = State::Planned;
            }
            State::Planned | State::Unplanned => {}
        }
        let expected = self.verdict.cases.len() as u64 + 1;
        let number = test.number.unwrap_or(expected);
        if number != expected {
            self.error(format!(
                "Tests out of sequence.  Found ({number}) but expected ({expected})"
            ));
        }
        let status = self.status(&test, expected);
        self.verdict.cases.push(Case {
            number,
            line: self.source,
            description: test.description.trim_start_matches("- ").to_owned(),
            status,
            reason: test.directive.map(|(_, reason)| reason).unwrap_or_default(),
            diagnostics: Vec::new(),
        });
    }

    fn status(&mut self, test: &Test, position: u64) -> Status {
        let listed = test.number.is_some_and(|number| self.todo.remove(&number));
        let directive = test.directive.as_ref().map(|(directive, _)| *directive);
        if self
            .verdict
            .planned
            .is_some_and(|planned| position > planned)
        {
            return Status::Failed;
        }
        match (directive, test.ok) {
            _ if listed && test.ok => Status::TodoPassed,
            _ if listed => Status::Todo,
            (Some(Directive::Todo), true) => Status::TodoPassed,
            (Some(Directive::Todo), false) => Status::Todo,
            (Some(Directive::Skip), true) => Status::Skipped,
            (None, true) => Status::Passed,
            (_, false) => Status::Failed,
        }
    }

    fn diagnostic(&mut self, text: String) {
        if let Some(case) = self.verdict.cases.last_mut() {
            case.diagnostics
                .push(text.strip_prefix(' ').map(str::to_owned).unwrap_or(text));
        }
    }

    fn pragma(&mut self, on: bool, name: &str) {
        match name {
            "strict" => self.strict = on,
            "ignore_exit" => self.ignore_exit = on,
            _ => {}
        }
    }

    fn unknown(&mut self, text: &str) {
        if self.strict {
            self.error(format!("Unknown TAP token: \"{text}\""));
        }
    }

    fn check_count(&mut self) {
        let ran = self.verdict.cases.len() as u64;
        match self.verdict.planned {
            None => self.error("No plan found in TAP output"),
            Some(planned) if planned != ran => {
                self.error(format!(
                    "Bad plan.  You planned {planned} tests but ran {ran}."
                ));
            }
            Some(_) => {}
        }
    }

    fn error(&mut self, error: impl Into<String>) {
        self.verdict.errors.push(error.into());
    }
}
