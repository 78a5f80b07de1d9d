use std::collections::BTreeSet;

use anstyle::Style;
use tablec::catalog::Catalog;
use tablec::cluster::Cluster;
use tablec::diagnostics::{Severity, SourceFile, Sources, render_human};
use tablec::kinds::Kind;
use tablec::plan::{self, Plan};
use tablec::spec;
use tablec::templates::Templates;
use tablec_testing::{Database, apply, built_part, read, same_dump};

use super::case::{Case, Side};

/// What a case did.
pub struct Journey {
    /// The plans, for the snapshot.
    pub shown: String,
    /// What happened to objects of which kind.
    pub seen: BTreeSet<(Kind, Event)>,
}

/// What can happen to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    Stays,
    Comes,
    Changes,
    Goes,
}

/// A schema that was built, what is said of it, and what the server made of that.
struct Built {
    database: Database<'static>,
    said: Catalog,
    read: Catalog,
}

/// Goes from the old to the new schema, and back where both are SQL.
///
/// # Errors
/// What does not hold.
pub fn run(case: &Case, cluster: &'static Cluster) -> Result<Journey, String> {
    let new = case.side("new", cluster.major());
    if let (true, Some(shown)) = (case.what == "wrong", findings(&new)) {
        return Ok(Journey {
            shown,
            seen: BTreeSet::new(),
        });
    }
    if case.what == "wrong" {
        return Err("nothing is found wrong with it".to_owned());
    }
    let old = case.side("old", cluster.major());
    let both_sql = matches!((&old, &new), (Side::Sql(_), Side::Sql(_)));
    let (old, new) = (build(&old, cluster)?, build(&new, cluster)?);
    let before = both_sql.then(|| old.database.dump());
    if let Some(rows) = case.text("rows.sql") {
        execute(&old.database, &rows)?;
    }
    let mut seen = BTreeSet::new();
    let mut shown = travel(&old.database, &new, &new.database.dump(), &mut seen)?;
    if let Some(query) = case.text("kept.sql") {
        shown.extend(["\n", &answer(&old.database, &query)?]);
    }
    if let Some(before) = before {
        let back = travel(&old.database, &old, &before, &mut seen)
            .map_err(|error| format!("back: {error}"))?;
        shown.extend(["\n-- back\n", &back]);
    }
    Ok(Journey { shown, seen })
}

/// What is wrong with a spec, in words.
fn findings(side: &Side) -> Option<String> {
    let Side::Spec(files) = side else { return None };
    let (_, found) = spec::read(files);
    let wrong = found.iter().any(|found| found.severity == Severity::Error);
    wrong.then(|| render_human(&found, &Sources::new(files), false, 100))
}

fn build(side: &Side, cluster: &'static Cluster) -> Result<Built, String> {
    let database = Database::on(cluster);
    let files = match side {
        Side::Sql(sql) => {
            execute(&database, sql)?;
            imported(&database, cluster.major())?
        }
        Side::Spec(files) => files.clone(),
    };
    let (mut spec, found) = spec::read(&files);
    if found.iter().any(|found| found.severity == Severity::Error) {
        return Err(render_human(&found, &Sources::new(&files), false, 100));
    }
    plan::dependencies::fill(&mut spec.catalog);
    if matches!(side, Side::Spec(_)) {
        let plan = planned(&plan::empty("public"), &spec.catalog)?;
        apply(&database.connect(), &plan)?;
    }
    let read = there(&database)?.built_by("postgres");
    Ok(Built {
        database,
        said: spec.catalog,
        read,
    })
}

/// The spec of a database.
fn imported(database: &Database, postgresql: u32) -> Result<Vec<SourceFile>, String> {
    let catalog = there(database)?.built_by("postgres");
    if !catalog.unsupported.is_empty() {
        return Err(format!("not supported: {:?}", catalog.unsupported));
    }
    let project = spec::Project {
        postgresql,
        ..spec::Project::default()
    };
    Ok(spec::write::write(&catalog, &project))
}

/// Applies the plan that makes the database what `goal` says. Its dump is `wanted` then, nothing is left to do, and every value of
/// a column that stays is still there.
fn travel(
    database: &Database,
    goal: &Built,
    wanted: &str,
    seen: &mut BTreeSet<(Kind, Event)>,
) -> Result<String, String> {
    let from = there(database)?;
    let to = comparable(goal, &from)?;
    let plan = planned(&from, &to)?;
    let shown = show(&plan);
    let explained = |error: String| format!("{error}\n-- plan\n{shown}");
    if plan.refusals().next().is_some() {
        return Ok(shown);
    }
    let values = database.values(&from, &to)?;
    apply(&database.connect(), &plan).map_err(explained)?;
    same_dump(&plan, wanted, &database.dump()).map_err(explained)?;
    let after = there(database)?;
    let reached = comparable(goal, &after)?;
    let again = planned(&after, &reached)?;
    if !again.is_empty() {
        return Err(explained(format!(
            "the second plan is not empty\n{}",
            again.to_sql()
        )));
    }
    // Labels that are replaced are other values: `kept.sql` says which.
    if to.replaced.is_empty() && database.values(&from, &to)? != values {
        return Err(explained("values are lost".to_owned()));
    }
    seen.extend(events(&from, &to));
    seen.extend(events(&after, &reached));
    Ok(shown)
}

fn comparable(goal: &Built, live: &Catalog) -> Result<Catalog, String> {
    let built = |part: &Catalog| Ok(built_part(&goal.read, &goal.said, part));
    plan::compare(goal.said.clone(), live, built)
}

fn events(from: &Catalog, to: &Catalog) -> BTreeSet<(Kind, Event)> {
    let all = from.objects.keys().chain(to.objects.keys());
    let event = |id| match (from.get(id), to.get(id)) {
        (None, _) => Event::Comes,
        (_, None) => Event::Goes,
        (old, new) if old == new => Event::Stays,
        _ => Event::Changes,
    };
    all.map(|id| (id.kind, event(id))).collect()
}

fn show(plan: &Plan) -> String {
    let notes = plan.notes.iter().map(|note| format!("{note}\n"));
    plan.listing(Style::new(), Style::new()) + &notes.collect::<String>()
}

fn there(database: &Database) -> Result<Catalog, String> {
    read(&database.connect())
}

fn planned(from: &Catalog, to: &Catalog) -> Result<Plan, String> {
    let templates = Templates::embedded("public");
    plan::plan(from, to, &templates).map_err(|error| format!("{error:?}"))
}

fn execute(database: &Database, sql: &str) -> Result<(), String> {
    let done = database.connect().batch_execute(sql);
    done.map_err(|error| format!("the case's SQL fails: {error:?}"))
}

/// The rows of a query, a line each.
fn answer(database: &Database, query: &str) -> Result<String, String> {
    let query = query.trim().trim_end_matches(';');
    let rows = database
        .connect()
        .query(&format!("select rows::text from ({query}) rows"));
    let rows = rows.map_err(|error| format!("{error:?}"))?;
    Ok(rows
        .iter()
        .map(|row| row.get::<_, String>(0) + "\n")
        .collect())
}
