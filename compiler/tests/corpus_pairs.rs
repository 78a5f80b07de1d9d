//! The law on other people's pairs of schemas: build both, make a spec of the new one, apply the difference between that spec
//! and the old one, and `pg_dump -s` is that of the new one; a second difference is empty. And the way back.
//!
//! The pairs are not part of the project: `TABLEC_CORPUS` names their folder. `TABLEC_PAIRS=part/of/a/name` picks some of them,
//! and prints their plans. With `TABLEC_PAIRS_BY=catalogs` the two databases are compared without a spec in between.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tablec::catalog::Catalog;
use tablec::database::unused_labels;
use tablec::diagnostics::Severity;
use tablec::kinds::enumeration::unplaced_labels;
use tablec::plan::{self, Note, Plan};
use tablec::spec;
use tablec::templates::Templates;
use tablec_testing::{Database, apply, corpus, in_any_order, read};

#[test]
fn plans_of_the_corpus_build_the_new_schema() {
    let Some(corpus) = corpus() else {
        eprintln!("no pairs ran: TABLEC_CORPUS is not set");
        return;
    };
    Database::new()
        .load(&corpus.join("schemas/roles.sql"))
        .unwrap_or_else(|error| panic!("{error}"));
    let cases = cases(&corpus.join("pairs"));
    let left = Mutex::new(cases.iter());
    let outcomes = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = { left.lock().unwrap().next() } {
                    let outcome = [Way::There, Way::Back].map(|way| run(case, way));
                    outcomes.lock().unwrap().insert(case.clone(), outcome);
                }
            });
        }
    });
    report(&corpus.join("pairs"), &outcomes.into_inner().unwrap());
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    There,
    Back,
}

enum Outcome {
    Passed,
    /// Its SQL does not load here.
    NotLoaded(String),
    /// A difference is left because somebody has to say more, and the plan says so.
    Refused(String),
    /// Objects that the model has no word for, and the reader says so.
    Unsupported(String),
    Failed(&'static str, String),
}

fn cases(pairs: &Path) -> Vec<PathBuf> {
    let picked = env::var("TABLEC_PAIRS").unwrap_or_default();
    let folders = |dir: &Path| {
        let mut all: Vec<PathBuf> = fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        all.sort();
        all
    };
    let cases = folders(pairs).into_iter().flat_map(|set| folders(&set));
    cases
        .filter(|case| case.join("old.sql").exists() && case.to_string_lossy().contains(&picked))
        .collect()
}

fn run(case: &Path, way: Way) -> Outcome {
    let (old, new) = match way {
        Way::There => ("old.sql", "new.sql"),
        Way::Back => ("new.sql", "old.sql"),
    };
    let build = |script| {
        let database = Database::new();
        let setup = case.join("setup.sql");
        if setup.exists() {
            database.load(&setup)?;
        }
        database.load(&case.join(script)).map(|()| database)
    };
    match (build(old), build(new)) {
        (Ok(old), Ok(new)) => compare(&old, &new).unwrap_or_else(|outcome| outcome),
        (Err(error), _) | (_, Err(error)) => Outcome::NotLoaded(error),
    }
}

fn compare(old: &Database, new: &Database) -> Result<Outcome, Outcome> {
    let fail = |class| move |text: String| Outcome::Failed(class, text);
    let goal = Goal::of(new)?;
    let mut from = there(old)?;
    let to = &goal.0;
    let labels = unplaced_labels(&from, to);
    if !labels.is_empty() {
        from.unused_labels = unused_labels(&old.connect(), labels, &from)
            .map_err(|error| fail("labels")(error.to_string()))?;
    }
    let plan = goal.plan_from(&from)?;
    if env::var("TABLEC_PAIRS").is_ok() {
        eprintln!("{}", plan.to_sql());
    }
    if let Some((id, reason)) = plan.refusals().next() {
        return Ok(Outcome::Refused(format!("{id}: {reason}")));
    }
    apply(&old.connect(), &plan).map_err(fail("apply"))?;
    let (is, should) = (old.dump(), new.dump());
    if is != should {
        let reordered = plan
            .notes
            .iter()
            .any(|note| matches!(note, Note::ColumnOrder { .. }));
        let unsupported = from.unsupported.iter().chain(&to.unsupported).next();
        let own = plan
            .notes
            .iter()
            .find(|note| matches!(note, Note::OwnColumn { .. } | Note::ParentsColumn { .. }));
        return match unsupported {
            _ if own.is_some() => Ok(Outcome::Refused(format!("{own:?}"))),
            Some(object) => Ok(Outcome::Unsupported(format!(
                "{} {}",
                object.kind, object.identity
            ))),
            None if reordered && in_any_order(&is) == in_any_order(&should) => Ok(Outcome::Passed),
            None => Err(Outcome::Failed("dump", difference(&should, &is))),
        };
    }
    let again = goal.plan_from(&there(old)?)?;
    if again.is_empty() {
        return Ok(Outcome::Passed);
    }
    Err(Outcome::Failed("second plan", again.to_sql()))
}

fn there(database: &Database) -> Result<Catalog, Outcome> {
    read(&database.connect()).map_err(|error| Outcome::Failed("read", error))
}

fn planned(from: &Catalog, to: &Catalog) -> Result<Plan, Outcome> {
    let templates = Templates::embedded("public");
    plan::plan(from, to, &templates).map_err(|error| Outcome::Failed("plan", format!("{error:?}")))
}

/// What is to be reached: a database, or the spec that says it.
struct Goal(Catalog);

impl Goal {
    fn of(database: &Database) -> Result<Self, Outcome> {
        let catalog = there(database)?.built_by("postgres");
        if by_catalogs() {
            return Ok(Self(catalog));
        }
        let files = spec::write::write(&catalog, &spec::Project::default());
        let (spec, wrong) = spec::read(&files);
        let mut said = spec.catalog;
        said.unsupported = catalog.unsupported;
        plan::dependencies::fill(&mut said);
        match wrong
            .into_iter()
            .find(|found| found.severity == Severity::Error)
        {
            None => Ok(Self(said)),
            Some(error) => Err(Outcome::Failed("spec", format!("{error:?}"))),
        }
    }

    fn plan_from(&self, live: &Catalog) -> Result<Plan, Outcome> {
        if by_catalogs() {
            return planned(live, &self.0);
        }
        let mut failed = None;
        let target = plan::compare(self.0.clone(), live, |part| {
            let shadow = Database::new();
            let plan = planned(&plan::empty("public"), part)?;
            let built = apply(&shadow.connect(), &plan);
            built.map_err(|error| {
                failed.get_or_insert_with(|| error.clone());
                Outcome::Failed("shadow", error)
            })?;
            there(&shadow)
        });
        // The whole spec is built where a part can't be; none of these parts should need that.
        if let Some(error) = failed {
            return Err(Outcome::Failed("shadow", error));
        }
        planned(live, &target?)
    }
}

fn by_catalogs() -> bool {
    env::var("TABLEC_PAIRS_BY").is_ok_and(|by| by == "catalogs")
}

fn difference(should: &str, is: &str) -> String {
    let diff = similar::TextDiff::from_lines(should, is);
    diff.unified_diff()
        .context_radius(2)
        .header("should be", "is")
        .to_string()
}

fn report(pairs: &Path, outcomes: &BTreeMap<PathBuf, [Outcome; 2]>) {
    let mut counts: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut failures = 0;
    for (case, both) in outcomes {
        let name = case.strip_prefix(pairs).unwrap().display().to_string();
        let set = name.split('/').next().unwrap_or_default().to_owned();
        for (outcome, way) in both.iter().zip(["", " back"]) {
            let (class, text) = match outcome {
                Outcome::Passed => ("passed", ""),
                Outcome::NotLoaded(text) => ("not loaded", text.as_str()),
                Outcome::Refused(text) => ("said to need more", text.as_str()),
                Outcome::Unsupported(text) => ("said to be unsupported", text.as_str()),
                Outcome::Failed(class, text) => {
                    failures += 1;
                    (*class, text.as_str())
                }
            };
            *counts.entry((set.clone() + way, class)).or_default() += 1;
            if !text.is_empty() {
                println!("{name}{way}: {class}: {}", text.trim_end());
            }
        }
    }
    for ((set, class), count) in counts {
        println!("{set:20} {class:24} {count:4}");
    }
    assert_eq!(failures, 0, "pairs that fail");
}
