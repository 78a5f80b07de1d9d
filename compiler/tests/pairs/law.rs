use tablec::catalog::{Catalog, Rename};
use tablec::kinds::Model;
use tablec::kinds::enumeration::Enum;
use tablec::plan::{self, Note, Plan};
use tablec::templates::Templates;
use tablec_testing::{Database, apply, read};

use super::Schema;

/// Builds the old and the new schema of each pair, each in a schema of its own, and takes the old ones to the new ones at once.
///
/// # Errors
/// What is wrong, with the pairs' SQL where it is a single one.
pub fn law(pairs: &[(Schema, Schema)]) -> Result<(), String> {
    let scripts = |which: fn(&(Schema, Schema)) -> Schema| -> String {
        pairs
            .iter()
            .enumerate()
            .map(|(at, pair)| which(pair).sql(&format!("p{at}")))
            .collect()
    };
    let old_sql = scripts(|(old, new)| old.with_rows_for(new));
    let new_sql = scripts(|(_, new)| new.without_rows());
    let explained = |failure: String| match pairs {
        [_] => format!("{failure}\n-- old\n{old_sql}\n-- new\n{new_sql}"),
        _ => failure,
    };
    check(&old_sql, &new_sql).map_err(explained)
}

fn check(old_sql: &str, new_sql: &str) -> Result<(), String> {
    let build = |sql: &str| -> Result<Database<'static>, String> {
        let database = Database::new();
        let built = database.connect().batch_execute(sql);
        built
            .map_err(|error| format!("the generator made SQL that fails: {error}"))
            .map(|()| database)
    };
    let (old, new) = (build(old_sql)?, build(new_sql)?);
    let (from, mut to) = (read(&old.connect())?, read(&new.connect())?);
    to.replaced = replaced(&from, &to);
    let plan = planned(&from, &to)?;
    let before = old.values(&from, &to)?;
    apply(&old.connect(), &plan).map_err(|error| format!("{error}\n-- plan\n{}", plan.to_sql()))?;
    let (is, should) = (old.dump(), new.dump());
    let reordered = plan
        .notes
        .iter()
        .any(|note| matches!(note, Note::ColumnOrder { .. }));
    let equal = is == should
        || reordered && tablec_testing::in_any_order(&is) == tablec_testing::in_any_order(&should);
    if !equal {
        let diff = similar::TextDiff::from_lines(&should, &is);
        let diff = diff
            .unified_diff()
            .context_radius(1)
            .header("should be", "is")
            .to_string();
        return Err(format!("{diff}\n-- plan\n{}", plan.to_sql()));
    }
    let again = planned(&read(&old.connect())?, &to)?;
    if !again.is_empty() {
        return Err(format!(
            "the second plan is not empty\n{}\n-- plan\n{}",
            again.to_sql(),
            plan.to_sql()
        ));
    }
    let after = old.values(&from, &to)?;
    if before != after {
        return Err(format!(
            "rows are lost: {before:?} {after:?}\n-- plan\n{}",
            plan.to_sql()
        ));
    }
    Ok(())
}

/// Where the rows go that have a label that the new enum lacks; there are none.
fn replaced(from: &Catalog, to: &Catalog) -> Vec<Rename> {
    let both = from.of::<Enum>().filter_map(|(id, old, _)| {
        let new = Enum::from_body(&to.get(id)?.body)?;
        Some((id, old, new))
    });
    let lost = both.flat_map(|(id, old, new)| {
        let lost = old
            .labels
            .iter()
            .filter(|label| !new.labels.contains(label));
        lost.map(move |label| Rename {
            id: id.clone(),
            part: new.labels.first().cloned(),
            from: label.clone(),
        })
    });
    lost.collect()
}

fn planned(from: &Catalog, to: &Catalog) -> Result<Plan, String> {
    let templates = Templates::embedded("public");
    let options = plan::Options {
        templates: &templates,
        role: Some("postgres"),
    };
    plan::plan(from, to, &options).map_err(|error| format!("{error:?}"))
}
