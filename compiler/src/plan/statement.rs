use super::{Change, Hazard, Step, diff};
use crate::catalog::{Catalog, Id};
use crate::kinds::with_model;
use crate::templates::{TemplateError, Templates};

/// The step of a change: its statement from the template of its action.
pub(super) fn step(
    change: Change,
    from: &Catalog,
    to: &Catalog,
    templates: &Templates,
) -> Result<Step, TemplateError> {
    // What goes is called what it is now: a procedure, where a function comes.
    let (first, second) = if change.action == "drop" {
        (from, to)
    } else {
        (to, from)
    };
    let object = first.get(&change.id).or_else(|| second.get(&change.id));
    let own = object
        .map(|object| with_model!(&object.body, model => diff::Diff::address(model, &change.id)));
    let mut context = diff::address(&change.id, own.unwrap_or_default());
    context.extend(change.context.clone());
    let sql = templates.render(&template(&change.id, change.action, templates), &context)?;
    Ok(Step {
        transactional: change.is_transactional(),
        lock_time: change.lock_time(),
        sql: sql.trim().to_owned(),
        change,
    })
}

/// The kind's own template for an action, or the one of all kinds.
fn template(id: &Id, action: &str, templates: &Templates) -> String {
    let own = format!("sql/{}/{action}.sql", id.kind.folder());
    if templates.source(&own).is_some() {
        own
    } else {
        format!("sql/object/{action}.sql")
    }
}

/// What every session that runs the plan sets first.
pub(super) fn settings(to: &Catalog, templates: &Templates) -> Result<Vec<String>, TemplateError> {
    let context = std::collections::BTreeMap::from([("default_schema", &to.default_schema)]);
    let text = templates.render("sql/object/settings.sql", context)?;
    Ok(text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(str::to_owned)
        .collect())
}

/// A new enum label can't be used in the transaction that adds it: where a later statement says it, the
/// addition is not part of one. Source: manual, `ALTER TYPE`, notes.
pub(super) fn split_transactions(mut steps: Vec<Step>) -> Vec<Step> {
    let used_later: Vec<usize> = (0..steps.len())
        .filter(|&at| {
            let label = (steps[at].change.action == "add_value").then_some(&steps[at].change.part);
            label.and_then(Option::as_deref).is_some_and(|label| {
                steps[at + 1..]
                    .iter()
                    .any(|step| step.change.action != "add_value" && says(&step.sql, label))
            })
        })
        .collect();
    for at in used_later {
        steps[at].transactional = false;
        steps[at]
            .change
            .hazards
            .insert(Hazard::CannotRunInTransaction);
    }
    steps
}

/// Whether a statement says a label: alone, or among the elements of an array or the attributes of a row.
fn says(sql: &str, label: &str) -> bool {
    let label = crate::sql::quote_literal(label);
    let bare = &label[label.find('\'').map_or(0, |start| start + 1)..label.len() - 1];
    let around = |text: Option<char>| text.is_some_and(|text| "{}(),\"".contains(text));
    sql.contains(&label)
        || sql.match_indices(bare).any(|(at, found)| {
            let (before, after) = (sql[..at].trim_end(), sql[at + found.len()..].trim_start());
            around(before.chars().next_back()) && around(after.chars().next())
        })
}
