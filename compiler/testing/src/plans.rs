use std::collections::BTreeSet;

use tablec::catalog::{Catalog, Id};
use tablec::database::{Options, QueryError, Session, introspect};
use tablec::plan::{Note, Plan};
use tablec::sql::quote_ident;

use crate::in_any_order;

/// What a database holds.
///
/// # Errors
/// In words, where it can't be read.
pub fn read(session: &Session) -> Result<Catalog, String> {
    introspect(session, &Options::default()).map_err(|error| error.to_string())
}

/// Runs a plan: its statements in one transaction, except for those that can't be part of one.
///
/// # Errors
/// The statement that failed, and why.
pub fn apply(session: &Session, plan: &Plan) -> Result<(), String> {
    let run = |sql: &str| {
        session
            .batch_execute(sql)
            .map_err(|error| failure(sql, &error))
    };
    for setting in &plan.settings {
        run(setting)?;
    }
    let mut open = false;
    for step in &plan.steps {
        if open != step.transactional {
            run(if open { "commit" } else { "begin" })?;
            open = step.transactional;
        }
        run(&step.sql)?;
    }
    if open { run("commit") } else { Ok(()) }
}

fn failure(sql: &str, error: &QueryError) -> String {
    let reason = error
        .server()
        .map_or_else(|| error.to_string(), |server| server.message().to_owned());
    format!("{reason}\n    in {sql}")
}

/// Whether the dump after a plan is what it should be, but for what the plan says that no statement can change: the order of
/// columns, and what is an heir's own where it should only be its parents'.
///
/// # Errors
/// The difference.
pub fn same_dump(plan: &Plan, should: &str, is: &str) -> Result<(), String> {
    let reordered = plan
        .notes
        .iter()
        .any(|note| matches!(note, Note::ColumnOrder { .. }));
    let own = plan.notes.iter().filter_map(|note| match note {
        Note::OwnColumn { id, .. } | Note::OwnCheck { id, .. } | Note::OwnNotNull { id, .. } => {
            Some(format!(
                "{}.{}",
                quote_ident(&id.schema),
                quote_ident(&id.name)
            ))
        }
        _ => None,
    });
    let own: BTreeSet<String> = own.collect();
    let (should, is) = (&but_for(&own, should), &but_for(&own, is));
    let lines = |dump: &str| -> Vec<String> {
        let mut lines = if reordered {
            in_any_order(dump)
        } else {
            dump.lines().map(str::to_owned).collect()
        };
        lines.sort_unstable();
        lines
    };
    // What an heir's own column calls is dumped before the heir, which else comes before it.
    let moved = !own.is_empty() && lines(is) == lines(should);
    if is == should || moved || reordered && in_any_order(is) == in_any_order(should) {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(should, is);
    Err(diff
        .unified_diff()
        .context_radius(1)
        .header("should be", "is")
        .to_string())
}

/// What a server makes of a part of a spec, all of which was built.
pub fn built_part(built: &Catalog, spec: &Catalog, part: &Catalog) -> Catalog {
    let mut kept = built.clone();
    let is_there = |id: &Id| part.get(id).is_some() || spec.get(id).is_none();
    kept.objects.retain(|id, _| is_there(id));
    kept.depends.retain(|id, _| is_there(id));
    kept
}

/// A dump without what is said of the columns and checks of those tables.
fn but_for(tables: &BTreeSet<String>, dump: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    let unchecked = |line: &str, next: &str| {
        let table = line.strip_prefix("ALTER TABLE ");
        let adds = next.starts_with("    ADD CONSTRAINT ")
            && [" NOT VALID;", " NOT ENFORCED;"]
                .iter()
                .any(|end| next.ends_with(end));
        adds && table.is_some_and(|table| tables.contains(table))
    };
    let mut lines = dump.lines().peekable();
    while let Some(line) = lines.next() {
        if lines.next_if(|next| unchecked(line, next)).is_some() {
            continue;
        }
        let one_of_them = |start: &str, then: &[&str]| {
            let rest = line.strip_prefix(start);
            tables.iter().any(|table| {
                let rest = rest.and_then(|rest| rest.strip_prefix(table.as_str()));
                rest.is_some_and(|rest| then.iter().any(|then| rest.starts_with(then)))
            })
        };
        inside |= one_of_them("CREATE TABLE ", &[" ("]);
        inside |= one_of_them("CREATE UNLOGGED TABLE ", &[" ("]);
        let column = one_of_them("ALTER TABLE ONLY ", &[" ALTER COLUMN"]);
        if !inside && !column && (!line.is_empty() || tables.is_empty()) {
            kept += line;
            kept.push('\n');
        }
        inside &= !line.starts_with(')');
    }
    kept
}
