//! What of the functions' bodies ran: their statements and branches, as the profiler of `plpgsql_check` counts them.
//!
//! The profile is kept outside of transactions: it counts what a rollback undoes and functions that end with an
//! exception. Where the server loaded `plpgsql_check` when it started, the profile is the database's, and any session can
//! read it; else it is the session's own. It is read when the suite is over, before its session ends, and begins anew.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::database::{QueryError, Row, Session};

const PRELOADED: &str =
    "select where current_setting('shared_preload_libraries') ~ '\\mplpgsql_check\\M'";

/// How often statements ran, by function and statement.
pub type Counts = BTreeMap<(u32, i32), i64>;

/// The statements of the functions that are watched.
#[derive(Clone, Debug, Default)]
pub struct Bodies {
    labels: BTreeMap<u32, String>,
    statements: BTreeMap<u32, Vec<Statement>>,
    problems: BTreeMap<u32, String>,
    /// The server loaded the profiler when it started.
    preloaded: bool,
    /// Why nothing is counted.
    missing: Option<String>,
}

#[derive(Clone, Debug)]
struct Statement {
    id: i32,
    parent: Option<i32>,
    /// Its place in its parent: `then body`, `elsif 1`, `case when 2`, `exception 1`.
    note: String,
    line: i32,
    what: String,
}

/// What ran of one function's body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Body {
    /// Its statements, blocks included.
    pub statements: Share,
    /// The ways that `if` and `case` can go, the bodies of loops, and exception handlers.
    pub branches: Share,
    /// What never ran, by line.
    pub unreached: Vec<Unreached>,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// How many ran.
    pub ran: usize,
    /// How many there are.
    pub of: usize,
}

/// A branch that was never taken, or a statement of a branch that was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unreached {
    /// The line, as PostgreSQL's messages count them: the body's first is 1.
    pub line: i32,
    /// What is there.
    pub what: String,
}

/// All that a report says of bodies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// By function.
    pub functions: BTreeMap<String, Body>,
    /// Functions whose bodies could not be read, and why.
    pub unread: BTreeMap<String, String>,
    /// Why nothing was counted.
    pub missing: Option<String>,
}

impl Bodies {
    /// Sets up the profiler in a database, where `plpgsql_check` is installed on its server and this user may load it.
    pub fn prepare(session: &Session, labels: BTreeMap<u32, String>) -> Result<Self, QueryError> {
        let mut bodies = Self {
            labels,
            ..Self::default()
        };
        if bodies.labels.is_empty() {
            return Ok(bodies);
        }
        let available = "select from pg_available_extensions where name = 'plpgsql_check'";
        if session.query(available)?.is_empty() {
            bodies.missing = Some(format!(
                "plpgsql_check is not installed on the server (Debian, Ubuntu: postgresql-{}-plpgsql-check)",
                session.major()
            ));
        } else if let Err(error) = session.batch_execute(include_str!("bodies/setup.sql")) {
            bodies.missing = Some(format!("plpgsql_check cannot be used: {error}"));
        } else {
            bodies.preloaded = !session.query(PRELOADED)?.is_empty();
            bodies.read(session)?;
        }
        Ok(bodies)
    }

    fn read(&mut self, session: &Session) -> Result<(), QueryError> {
        let query = format!(
            "select * from pg_tablec.statements('{}') order by function, id",
            self.oids()
        );
        for row in session.query(&query)? {
            let function: u32 = row.get("function");
            match row.get::<_, Option<String>>("problem") {
                Some(problem) => {
                    self.problems.insert(function, problem);
                }
                None => self
                    .statements
                    .entry(function)
                    .or_default()
                    .push(Statement::from_row(&row)),
            }
        }
        Ok(())
    }

    /// An array's text.
    fn oids(&self) -> String {
        let oids: Vec<String> = self.labels.keys().map(u32::to_string).collect();
        format!("{{{}}}", oids.join(","))
    }

    /// Whether anything is counted.
    pub fn are_counted(&self) -> bool {
        !self.statements.is_empty()
    }

    /// SQL that begins to count, in the session of a suite.
    pub fn begin(&self) -> &'static str {
        match (self.are_counted(), self.preloaded) {
            (false, _) => "",
            (true, false) => "load 'plpgsql_check'; set plpgsql_check.profiler = on",
            (true, true) => "set plpgsql_check.profiler = on",
        }
    }

    /// Whether any session to the database can be asked what ran, not only that of the suite.
    pub fn are_shared(&self) -> bool {
        self.preloaded
    }

    /// Asks what ran since it was asked last; nothing where nothing is counted.
    pub fn query(&self) -> Option<String> {
        self.are_counted()
            .then(|| format!("select * from pg_tablec.ran('{}')", self.oids()))
    }

    /// The answer.
    pub fn counts(rows: &[Row]) -> Counts {
        rows.iter()
            .map(|row| ((row.get(0), row.get(1)), row.get(2)))
            .collect()
    }

    /// How often a function was entered.
    pub fn entered(function: u32, counts: &Counts) -> i64 {
        counts.get(&(function, 0)).copied().unwrap_or(0)
    }

    /// What ran in all sessions together.
    pub fn ran<'a>(&self, counts: impl Iterator<Item = &'a Counts>) -> Ran {
        let mut all = Counts::new();
        for ((function, id), count) in counts.flatten() {
            *all.entry((*function, *id)).or_default() += count;
        }
        let label = |oid: &u32| self.labels.get(oid).cloned().unwrap_or_default();
        let body = |(oid, statements): (&u32, &Vec<Statement>)| {
            let count = |id: i32| all.get(&(*oid, id)).copied().unwrap_or(0);
            (label(oid), Body::of(statements, count))
        };
        Ran {
            functions: self.statements.iter().map(body).collect(),
            unread: self
                .problems
                .iter()
                .map(|(oid, problem)| (label(oid), problem.clone()))
                .collect(),
            missing: self.missing.clone(),
        }
    }
}

impl Statement {
    fn from_row(row: &Row) -> Self {
        Self {
            id: row.get("id"),
            parent: row.get("parent"),
            note: row.get::<_, Option<String>>("note").unwrap_or_default(),
            line: row.get("line"),
            what: row.get("what"),
        }
    }
}

impl Body {
    /// `3 of 4 statements, 1 of 2 branches`
    pub fn shares(&self) -> String {
        let Self {
            statements,
            branches,
            ..
        } = self;
        let of_branches = match branches.of {
            0 => String::new(),
            of => format!(", {} of {of} branches", branches.ran),
        };
        format!(
            "{} of {} statements{of_branches}",
            statements.ran, statements.of
        )
    }

    /// What never ran, on one line; none where all did.
    pub fn unreached_text(&self) -> Option<String> {
        let all: Vec<String> = self
            .unreached
            .iter()
            .map(|unreached| format!("{} (line {})", unreached.what, unreached.line))
            .collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    fn of(statements: &[Statement], count: impl Fn(i32) -> i64) -> Self {
        let mut body = Self::default();
        let mut unreached = Vec::new();
        for statement in statements {
            let ran = count(statement.id) > 0;
            body.statements.add(ran);
            let parent = statement
                .parent
                .and_then(|parent| statements.iter().find(|other| other.id == parent));
            let Some(parent) = parent else { continue };
            let first = !statements.iter().any(|other| {
                other.id < statement.id
                    && other.parent == statement.parent
                    && other.note == statement.note
            });
            let is_branch = parent.branches() && !(parent.is_block() && statement.note == "body");
            if first && is_branch {
                body.branches.add(ran);
            }
            // What is in something that never ran is said with it.
            if !ran && count(parent.id) > 0 {
                unreached.push(Unreached {
                    line: statement.line,
                    what: if is_branch {
                        format!(
                            "{} of the {} in line {}",
                            statement.note, parent.what, parent.line
                        )
                    } else {
                        statement.what.clone()
                    },
                });
            }
        }
        for rest in statements
            .iter()
            .filter_map(|statement| Rest::of(statement, statements))
        {
            let taken: i64 = rest.others.iter().map(|id| count(*id)).sum();
            let ran = count(rest.of.id) > taken;
            body.branches.add(ran);
            if !ran && count(rest.of.id) > 0 {
                unreached.push(Unreached {
                    line: rest.of.line,
                    what: format!("the IF in line {} was never passed by", rest.of.line),
                });
            }
        }
        if statements.first().is_some_and(|root| count(root.id) == 0) {
            unreached.push(Unreached {
                line: 1,
                what: "the whole body".to_owned(),
            });
        }
        unreached.sort();
        unreached.dedup();
        body.unreached = unreached;
        body
    }
}

/// The way of an `if` that has no statement: no `else`, or one that does nothing.
struct Rest<'a> {
    of: &'a Statement,
    /// The first statement of each way that has one: it runs as often as the way is taken.
    others: Vec<i32>,
}

impl<'a> Rest<'a> {
    fn of(statement: &'a Statement, all: &[Statement]) -> Option<Self> {
        if statement.what != "IF" {
            return None;
        }
        let mut ways: BTreeMap<&str, i32> = BTreeMap::new();
        for child in all
            .iter()
            .filter(|child| child.parent == Some(statement.id))
        {
            let first = ways.entry(&child.note).or_insert(child.id);
            *first = child.id.min(*first);
        }
        let complete = ways.contains_key("then body") && ways.contains_key("else body");
        (!complete).then(|| Self {
            of: statement,
            others: ways.into_values().collect(),
        })
    }
}

impl Statement {
    fn is_block(&self) -> bool {
        self.what == "statement block"
    }

    /// Whether what is in it may run or not. Of a block the exception handlers.
    fn branches(&self) -> bool {
        let word = self.what.as_str();
        self.is_block()
            || ["IF", "CASE", "LOOP", "WHILE"].contains(&word)
            || word.starts_with("FOR")
    }
}

impl Share {
    fn add(&mut self, ran: bool) {
        self.of += 1;
        self.ran += usize::from(ran);
    }
}
