use std::collections::BTreeMap;

use tablec::catalog::Catalog;
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
    let (from, to) = (read(&old.connect())?, read(&new.connect())?);
    let plan = planned(&from, &to)?;
    let before = values(&old, &from, &to)?;
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
    let after = values(&old, &from, &to)?;
    if before != after {
        return Err(format!(
            "rows are lost: {before:?} {after:?}\n-- plan\n{}",
            plan.to_sql()
        ));
    }
    Ok(())
}

fn planned(from: &Catalog, to: &Catalog) -> Result<Plan, String> {
    let templates = Templates::embedded("public");
    let options = plan::Options {
        templates: &templates,
        role: Some("postgres"),
    };
    plan::plan(from, to, &options).map_err(|error| format!("{error:?}"))
}

/// A checksum of each column that both schemas have alike.
fn values(
    database: &Database,
    from: &Catalog,
    to: &Catalog,
) -> Result<BTreeMap<String, String>, String> {
    use tablec::kinds::table::Table;
    let mut queries = Vec::new();
    for (id, old, _) in from.of::<Table>() {
        let Some(new) = to
            .of::<Table>()
            .find(|(other, _, _)| *other == id)
            .map(|(_, new, _)| new)
        else {
            continue;
        };
        let whole = old.partition_by == new.partition_by;
        for column in old.columns.iter().filter(|_| whole) {
            let kept = new.column(&column.name).is_some_and(|now| {
                now.data_type == column.data_type && now.generated == column.generated
            });
            if kept && column.generated.is_none() {
                let name = format!("{}.{}", id.qname(), column.name);
                queries.push(format!(
                    "select '{name}', md5(string_agg({0}::text, ',' order by {0}::text)) || count(*) from only {1}",
                    column.name,
                    id.qname()
                ));
            }
        }
    }
    if queries.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = database
        .connect()
        .query(&queries.join(" union all "))
        .map_err(|error| error.to_string())?;
    Ok(rows
        .iter()
        .map(|row| {
            (
                row.get(0),
                row.get::<_, Option<String>>(1).unwrap_or_default(),
            )
        })
        .collect())
}
