//! What changes a column where it stands.

use super::column::{Column, Identity};
use super::diff::{add_column, drop_column};
use super::{Table, casts, not_null, rearranged, replaced};
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::{Sql, changed_options, mentions_any, option_changes};
use crate::plan::{Change, Effect, Hazard, Name, Site, Stage};
use crate::sql::object_name::make_object_name;

/// The changes that make a column another.
pub(super) fn changes(old: &Column, new: &Column, at: &Site) -> Vec<Change> {
    let id = at.id;
    let expression = expression_set(old, new, at);
    if expression.is_none() && must_be_added_again(old, new) {
        return add_again(old, new, at);
    }
    let mut changes: Vec<Change> = expression.into_iter().collect();
    if old.generated.is_some() && new.generated.is_none() {
        changes.push(
            Change::new(id, "drop_expression")
                .part(&new.name)
                .stage(Stage::Releases),
        );
    }
    if old.identity.is_some() && new.identity.is_none() {
        changes.push(drop_identity(id, old));
    }
    if old.data_type != new.data_type || old.collation != new.collation {
        changes.extend(retype(id, old, new, at));
    } else if old.default != new.default {
        match (&old.default, &new.default) {
            (Some(before), Some(default)) if calls_a_successor(before, default, at) => {
                changes.push(drop_default(id, &new.name));
                changes.push(set_default(id, &new.name, default).stage(Stage::Claims));
            }
            (_, Some(default)) => changes.push(set_default(id, &new.name, default)),
            (_, None) => changes.push(drop_default(id, &new.name)),
        }
    }
    match (old.nullable, new.nullable) {
        (true, false) => changes.extend(not_null::set(new, at)),
        (false, true) => changes.push(Change::new(id, "drop_not_null").part(&new.name)),
        (false, false) => changes.extend(not_null::changes(old, new, at)),
        (true, true) => {}
    }
    changes.extend(identity_changes(id, old, new));
    changes.extend(physical(&stored_after(old, new), new, id, at.to));
    changes
}

/// Whether both call a routine of a name of which one goes: while both the old and the new one are there, a call may be
/// of either.
fn calls_a_successor(before: &Sql, default: &Sql, at: &Site) -> bool {
    let gone = at.from.objects.keys();
    let mut gone = gone.filter(|id| id.kind.is_routine() && at.to.get(id).is_none());
    gone.any(|id| mentions_any(&before.0, &[id]) && mentions_any(&default.0, &[id]))
}

/// Drops a column and adds it. What was computed is computed again: no data is gone.
pub(super) fn add_again(old: &Column, new: &Column, at: &Site) -> Vec<Change> {
    let mut drop = drop_column(at.id, old);
    if old.generated.is_some() {
        drop.hazards.remove(&Hazard::DeletesData);
    }
    [vec![drop], add_column(new, at)].concat()
}

/// Gives a column the type that something else brings it, and with it how the type is stored.
pub(super) fn follow_type(column: &mut Column, data_type: &str, collation: Option<&String>) {
    let retyped = Column {
        data_type: data_type.to_owned(),
        collation: collation.cloned(),
        ..column.clone()
    };
    let stored = stored_after(column, &retyped);
    *column = Column {
        storage: stored.storage,
        compression: stored.compression,
        ..retyped
    };
}

/// How a column is stored after its type has been changed: as the type has it (`ATExecAlterColumnType` of `tablecmds.c`).
pub(super) fn stored_after(old: &Column, new: &Column) -> Column {
    let retyped = old.data_type != new.data_type || old.collation != new.collation;
    let mut column = old.clone();
    if retyped {
        (column.storage, column.compression) = (None, None);
    }
    column
}

/// What a change of the type to another of the same name takes along.
pub(super) fn restored(new: &Column, at: &Site) -> Vec<Change> {
    let plain = Column {
        storage: None,
        compression: None,
        ..new.clone()
    };
    physical(&plain, new, at.id, at.to)
}

/// `SET EXPRESSION` (PostgreSQL 17), where all that the expressions mention stays as it is.
fn expression_set(old: &Column, new: &Column, at: &Site) -> Option<Change> {
    let (before, after) = (old.generated.as_ref()?, new.generated.as_ref()?);
    let same_kind = before.is_virtual == after.is_virtual;
    let same_type = (&old.data_type, &old.collation) == (&new.data_type, &new.collation);
    let [from, to] = [at.from, at.to].map(|catalog| Table::find(catalog, &at.id.qname()));
    let (from, to) = (from?, to?);
    let moves = |column: &&Column| {
        let now = to.column(&column.name);
        now.is_none_or(|now| {
            (&now.data_type, &now.collation) != (&column.data_type, &column.collation)
        })
    };
    let mentions = [before, after].map(|one| crate::sql::mentions(&one.expression.0));
    let mentioned = |column: &Column| mentions.iter().any(|one| one.name(&column.name));
    let stay = !from.columns.iter().filter(moves).any(mentioned);
    if before == after || !same_kind || !same_type || !stay || at.postgresql() < 17 {
        return None;
    }
    let hazards: &[Hazard] = if after.is_virtual {
        &[]
    } else {
        &[
            Hazard::RewritesTable,
            Hazard::BlocksReads,
            Hazard::BlocksWrites,
        ]
    };
    let change = Change::new(at.id, "set_expression").part(&new.name);
    let change = change.with("expression", &after.expression);
    Some(change.hazards(hazards).stage(Stage::Turns))
}

/// Before PostgreSQL 17 a generated column's expression can't be changed, and no column can become a generated one.
pub(super) fn must_be_added_again(old: &Column, new: &Column) -> bool {
    // What is not stored can't stay when it is no longer computed.
    let vanishes = old.generated.as_ref().is_some_and(|old| old.is_virtual);
    old.generated != new.generated && (new.generated.is_some() || vanishes)
}

/// Another type: without the default where that can't be converted along.
pub(super) fn retype(id: &Id, old: &Column, new: &Column, at: &Site) -> Vec<Change> {
    let keeps_default =
        old.default == new.default && casts::converts_defaults(&old.data_type, &new.data_type);
    let mut changes = Vec::new();
    if old.default.is_some() && !keeps_default {
        changes.push(drop_default(id, &old.name));
    }
    let (from, to) = (
        casts::plain_type(&old.data_type, at.from),
        casts::plain_type(&new.data_type, at.to),
    );
    let same = old.data_type == new.data_type && old.collation == new.collation;
    // What keeps its name is another type by then, but for what is below a domain.
    let replaced = same && from == old.data_type;
    let mut using = Vec::new();
    if replaced || !casts::is_assignment(&from, &to) {
        using = casts::explicit(&from, &to);
        using.pop();
        using.push(new.data_type.clone());
    }
    let mut hazards = vec![Hazard::BreaksRunningCode];
    let here = Table::find(at.to, &id.qname()).is_none_or(|table| table.foreign.is_none());
    let rewrites = casts::rewrites(&from, &to) || casts::is_checked(&new.data_type, at.to);
    if here && (replaced || rewrites) {
        hazards.extend([
            Hazard::RewritesTable,
            Hazard::BlocksReads,
            Hazard::BlocksWrites,
        ]);
    }
    let rearranged = rearranged::attributes(&old.data_type, &new.data_type, at);
    if rearranged.as_ref().is_some_and(|(_, lost)| *lost) {
        hazards.push(Hazard::DeletesData);
    }
    // Another type brings its own collation, if it has one.
    let kept_type = (old.data_type == new.data_type).then_some(());
    let collation = new.collation.as_ref().or(kept_type
        .and(old.collation.as_ref())
        .map(|_| &DEFAULT_COLLATION.0));
    changes.push(
        Change::new(id, "retype_column")
            .part(&new.name)
            .with("column", new)
            .with("collation", collation)
            .with("using", using)
            .with("conversion", at.to.conversion(id, &new.name))
            .with(
                "replaced",
                replaced::labels(&old.data_type, &new.data_type, at),
            )
            .with("array", replaced::is_array(&new.data_type))
            .with("attributes", rearranged.map(|(attributes, _)| attributes))
            .hazards(&hazards)
            .effect(Effect::Retypes)
            .stage(Stage::Turns),
    );
    if let Some(default) = new.default.as_ref().filter(|_| !keeps_default) {
        changes.push(set_default(id, &new.name, default).stage(Stage::Claims));
    }
    changes
}

static DEFAULT_COLLATION: std::sync::LazyLock<(String,)> =
    std::sync::LazyLock::new(|| ("pg_catalog.\"default\"".to_owned(),));

pub(super) fn set_default(id: &Id, column: &str, default: &Sql) -> Change {
    Change::new(id, "set_default")
        .part(column)
        .with("default", default)
        .stage(Stage::Turns)
}

pub(super) fn drop_default(id: &Id, column: &str) -> Change {
    Change::new(id, "drop_default")
        .part(column)
        .stage(Stage::Releases)
}

fn drop_identity(id: &Id, column: &Column) -> Change {
    let mut change = Change::new(id, "drop_identity")
        .part(&column.name)
        .stage(Stage::Releases);
    change
        .frees
        .extend(identity_sequence(id, column).map(Name::Relation));
    change
}

pub(super) fn identity_changes(id: &Id, old: &Column, new: &Column) -> Vec<Change> {
    let Some(identity) = &new.identity else {
        return Vec::new();
    };
    let Some(before) = &old.identity else {
        let mut change = Change::new(id, "add_identity")
            .part(&new.name)
            .with("column", new)
            .stage(Stage::Claims);
        change.takes = identity_sequence(id, new).map(Name::Relation);
        return vec![change];
    };
    let mut changes = Vec::new();
    let (was, is) = (identity_sequence(id, old), identity_sequence(id, new));
    let alter = |before: &Identity, identity: &Identity| {
        let change = Change::new(id, "alter_identity").part(&new.name);
        change.with("old", before).with("identity", identity)
    };
    if let Some(both) = before.options.room_for(&identity.options) {
        let between = Identity {
            options: both,
            ..before.clone()
        };
        changes.extend((between != *before).then(|| alter(before, &between)));
        let clamp = Change::new(id, "clamp_identity").part(&new.name);
        changes.push(clamp.with("sequence", &was).with("new", &identity.options));
        changes.push(alter(&between, identity));
    } else if before.always != identity.always || before.options != identity.options {
        changes.push(alter(before, identity));
    }
    if let (Some(was), Some(is)) = (was, is)
        && was != is
    {
        changes.push(
            Change::new(id, "rename_identity")
                .part(&new.name)
                .with("sequence", was)
                .with("to", is.name),
        );
    }
    changes
}

/// The sequence of an identity column.
pub(super) fn identity_sequence(id: &Id, column: &Column) -> Option<QName> {
    let identity = column.identity.as_ref()?;
    let automatic = || make_object_name(&id.name, Some(&column.name), Some("seq"));
    let name = identity.sequence.clone().unwrap_or_else(automatic);
    Some(QName::new(&id.schema, name))
}

/// How a column's values are stored and counted.
fn physical(old: &Column, new: &Column, id: &Id, to: &Catalog) -> Vec<Change> {
    let set = |action| Change::new(id, action).part(&new.name);
    let mut changes = Vec::new();
    if old.storage != new.storage {
        // `DEFAULT` is not known before PostgreSQL 16.
        let usual = casts::usual_storage(&new.data_type, to);
        let value = new.storage.as_deref().unwrap_or(usual);
        changes.push(set("set_storage").with("value", value));
    }
    if old.compression != new.compression {
        changes.push(set("set_compression").with("value", &new.compression));
    }
    if old.statistics != new.statistics {
        changes.push(set("set_statistics").with("value", new.statistics));
    }
    if old.foreign_options != new.foreign_options {
        let (set_to, gone) = option_changes(&old.foreign_options, &new.foreign_options);
        let known: Vec<&String> = old.foreign_options.keys().collect();
        changes.push(
            set("set_column_foreign_options")
                .with("set", set_to)
                .with("reset", gone)
                .with("known", known),
        );
    }
    changes.extend(
        changed_options(id, &old.options, &new.options)
            .into_iter()
            .map(|mut change| {
                change.action = "set_column_options";
                change.part(&new.name)
            }),
    );
    changes
}

/// How an heir's column is stored, against what its parents give it when it is made.
pub(super) fn stored_otherwise(given: &Column, column: &Column, at: &Site) -> Vec<Change> {
    let before = Column {
        storage: given.storage.clone(),
        compression: given.compression.clone(),
        ..column.clone()
    };
    physical(&before, column, at.id, at.to)
}

/// What can't be said while a column is made.
pub(super) fn after_creation(column: &Column, inherited: bool, at: &Site) -> Vec<Change> {
    let plain = Column {
        name: column.name.clone(),
        ..Column::default()
    };
    let said = Column {
        // An heir has it from its parents.
        storage: column.storage.clone().filter(|_| !inherited),
        statistics: column.statistics,
        options: column.options.clone(),
        ..plain.clone()
    };
    physical(&plain, &said, at.id, at.to)
}

/// Whether an expression gives every row the same value, so that adding a column with that default writes no row.
/// Unknown functions count as volatile.
pub(super) fn is_stable(expression: &str) -> bool {
    const STABLE: [&str; 12] = [
        "now",
        "current_timestamp",
        "current_date",
        "current_setting",
        "localtimestamp",
        "timezone",
        "to_jsonb",
        "transaction_timestamp",
        "statement_timestamp",
        "current_user",
        "array",
        "row",
    ];
    let words = crate::sql::mentions(expression);
    !expression.contains('(')
        || words.names().all(|name| {
            STABLE.contains(&name) || crate::sql::TypeName::named(None, name).builtin().is_some()
        })
}
