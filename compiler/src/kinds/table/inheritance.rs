//! Partitions and heirs: what they have from their parents.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{Column, NotNull};
use super::constraint::{Constraint, ConstraintRule};
use super::constraint_diff::Named;
use super::diff::attach_partition;
use super::index::Index;
use super::{PartitionOf, Table, alter_column, casts, inherited_keys, not_null};
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::composite::Composite;
use crate::kinds::{Kind, Model};
use crate::plan::{Change, Hazard, Name, Site, Stage, Turn};

/// The tables that it is an heir or a partition of.
pub(super) fn parents(table: &Table) -> impl Iterator<Item = &QName> {
    let whole = table.partition_of.iter().map(|part| &part.parent);
    table.inherits.iter().chain(whole)
}

/// The tables that it is an heir or a partition of, by way of however many others.
pub(super) fn ancestors<'a>(table: &'a Table, catalog: &'a Catalog) -> Vec<&'a QName> {
    let mut found: Vec<&QName> = parents(table).collect();
    let mut at = 0;
    while let Some(&parent) = found.get(at) {
        let more = Table::find(catalog, parent).into_iter().flat_map(parents);
        found.extend(more);
        at += 1;
    }
    found
}

/// The parents' columns of that name.
pub(super) fn parents_columns<'a>(
    table: &Table,
    catalog: &'a Catalog,
    column: &str,
) -> impl Iterator<Item = &'a Column> {
    parents(table).filter_map(|parent| Table::find(catalog, parent)?.column(column))
}

/// Whether a new partition is made as a table and attached, because `PARTITION OF` would give it its columns in another
/// order or its indexes other names.
pub(super) fn is_attached(table: &Table, part: &PartitionOf, at: &Site) -> bool {
    let Some(parent) = Table::find(at.to, &part.parent) else {
        return true;
    };
    let names = |table: &Table| {
        table
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect::<Vec<_>>()
    };
    let types = |table: &Table| {
        table
            .columns
            .iter()
            .map(|column| column.generated.clone())
            .collect::<Vec<_>>()
    };
    names(parent) != names(table)
        || types(parent) != types(table)
        || attached_parts(at).next().is_some()
        || not_null::is_named_apart(table)
}

/// The checks of its parents that a table must have before it is attached (`MergeConstraintsIntoExisting` of
/// `tablecmds.c`).
pub(super) fn parents_checks<'a>(part: Option<&'a PartitionOf>, at: &'a Site) -> Vec<Named<'a>> {
    let checks = handed_down(part.into_iter().map(|part| &part.parent), at.to);
    let said = |name: &str| own_check(at.id, name, at.to).is_some();
    let named = checks.into_iter().map(|(name, new)| Named { name, new });
    named
        .filter(|check| !check.new.not_valid && !said(check.name))
        .collect()
}

/// The checks that tables hand down, those of their own parents too.
fn handed_down<'a>(
    parents: impl Iterator<Item = &'a QName>,
    catalog: &'a Catalog,
) -> BTreeMap<&'a str, &'a Constraint> {
    let mut checks = BTreeMap::new();
    let mut left: Vec<&QName> = parents.collect();
    while let Some(parent) = left.pop() {
        for (id, constraint, _) in catalog.parts_of::<Constraint>(parent) {
            if matches!(&constraint.rule, ConstraintRule::Check(check) if !check.no_inherit) {
                checks.insert(id.name.as_str(), constraint);
            }
        }
        left.extend(
            Table::find(catalog, parent)
                .into_iter()
                .flat_map(self::parents),
        );
    }
    checks
}

/// A check that is the table's own, or its own too.
fn own_check<'a>(table: &Id, name: &str, catalog: &'a Catalog) -> Option<&'a Constraint> {
    let object = catalog.get(&Id::part(Kind::Constraint, &table.qname(), name))?;
    Constraint::from_body(&object.body)
}

/// The parents' checks that stay with a table that has left them, and that nobody wants there.
fn drop_left_checks(old: &Table, new: &Table, at: &Site) -> Vec<Change> {
    let before = handed_down(parents(old), at.from);
    let after = handed_down(parents(new), at.to);
    let stays = |name: &str, rule: &ConstraintRule| {
        let own = own_check(at.id, name, at.to);
        let mut wanted = after.get(name).copied().into_iter().chain(own);
        wanted.any(|wanted| wanted.rule == *rule)
    };
    let (kept, _) = kept_and_left(old, new);
    let still = handed_down(parents(&kept), at.from)
        .into_keys()
        .map(str::to_owned);
    let still: BTreeSet<String> = still.collect();
    let lost = before.into_iter().filter(|(name, check)| {
        let own = own_check(at.id, name, at.from).is_some();
        !own && !still.contains(*name) && !stays(name, &check.rule)
    });
    let id = |name: &str| Id::part(Kind::Constraint, &at.id.qname(), name);
    lost.map(|(name, _)| Change::new(&id(name), "drop_left"))
        .collect()
}

/// The checks of the parents that a table joins, which it must have by then.
fn add_joined_checks(old: &Table, new: &Table, at: &Site) -> Vec<Change> {
    let before = handed_down(parents(old), at.from);
    let after = handed_down(parents(new), at.to);
    let missing = after.into_iter().filter(|(name, check)| {
        let own = own_check(at.id, name, at.from).or(own_check(at.id, name, at.to));
        let had = before.get(name).copied().into_iter().chain(own);
        !had.into_iter().any(|had| had.rule == check.rule)
    });
    let id = |name: &str| Id::part(Kind::Constraint, &at.id.qname(), name);
    let add =
        |(name, check): (&str, &Constraint)| Change::new(&id(name), "create").with("new", check);
    missing.map(add).collect()
}

/// The checks that a parent hands down: who joins comes after what becomes of them, as does what leaves and comes back.
pub(super) fn checks_of(parent: &QName, catalog: &Catalog) -> Vec<Id> {
    let grandparents = Table::find(catalog, parent).into_iter();
    let all = grandparents.flat_map(|table| ancestors(table, catalog));
    let checks = all.chain([parent]).flat_map(|table| {
        let own = catalog.parts_of::<Constraint>(table);
        own.filter(|(_, constraint, _)| matches!(constraint.rule, ConstraintRule::Check(_)))
    });
    checks.map(|(id, ..)| id.clone()).collect()
}

/// The checks that are an heir's own where they should only be its parents': it had them when it joined those.
pub(super) fn own_checks(old: &Table, new: &Table, at: &Site) -> Vec<String> {
    let joins = joins_others(old, new);
    let after = handed_down(new.inherits.iter(), at.to);
    let before = handed_down(parents(old), at.from);
    let (kept, _) = kept_and_left(old, new);
    let still = handed_down(parents(&kept), at.from);
    let own = after.into_iter().filter(|(name, check)| {
        let had = before.get(name).map(|check| &check.rule);
        let stays = own_check(at.id, name, at.from).is_some() && had == Some(&check.rule);
        // What a parent that is left handed down is the table's own by then.
        let comes = joins && !still.contains_key(name);
        own_check(at.id, name, at.to).is_none() && (stays || comes)
    });
    own.map(|(name, _)| name.to_owned()).collect()
}

/// The checks of its parents that are not valid: they are added when the table is there, because a new heir's checks are valid.
pub(crate) fn unchecked_by_parents(table: &Table, catalog: &Catalog) -> Vec<Id> {
    let all = ancestors(table, catalog).into_iter();
    let checks = all.flat_map(|parent| catalog.parts_of::<Constraint>(parent));
    let unchecked = checks.filter(|(_, constraint, _)| {
        let handed_down =
            matches!(&constraint.rule, ConstraintRule::Check(check) if !check.no_inherit);
        handed_down && constraint.not_valid
    });
    unchecked.map(|(id, ..)| id.clone()).collect()
}

/// Whether a table comes that has the check without its rows having been checked.
pub(super) fn is_for_new_heir(constraint: &Constraint, at: &Site) -> bool {
    let mut tables = at.to.of::<Table>();
    constraint.not_valid
        && tables.any(|(id, table, _)| {
            at.from.get(id).is_none()
                && !table.validated_checks.contains(&at.id.name)
                && unchecked_by_parents(table, at.to).contains(at.id)
        })
}

/// The partitions that have a check validated which is not valid in the table that hands it down.
fn validated_in<'a>(check: &'a Id, catalog: &'a Catalog) -> impl Iterator<Item = &'a Id> {
    let whole = QName::new(&check.schema, &check.parent);
    let object = catalog.get(check).and_then(model::<Constraint>);
    let unchecked = object.filter(|constraint| constraint.not_valid);
    let tables = unchecked.into_iter().flat_map(|_| catalog.of::<Table>());
    let has = move |table: &Table| {
        table.validated_checks.contains(&check.name) && ancestors(table, catalog).contains(&&whole)
    };
    tables
        .filter(move |(_, table, _)| has(table))
        .map(|(id, ..)| id)
}

/// What validates a check in the partitions that are to have it so; where it `stays`, in those that are there and do not.
pub(super) fn validate_in_partitions(at: &Site, stays: bool) -> Vec<Change> {
    let before: Vec<&Id> = validated_in(at.id, at.from).collect();
    let done = |id: &&Id| stays && (before.contains(id) || at.from.get(id).is_none());
    let left = validated_in(at.id, at.to).filter(|id| !done(id));
    let validate = |id: &Id| {
        let check = Id::part(Kind::Constraint, &id.qname(), &at.id.name);
        Change::new(&check, "validate").hazards(&[Hazard::ScansTable])
    };
    left.map(validate).collect()
}

/// Whether a partition that stays is no longer to have a check validated.
pub(super) fn is_validated_no_longer(at: &Site) -> bool {
    let after: Vec<&Id> = validated_in(at.id, at.to).collect();
    let mut before = validated_in(at.id, at.from);
    before.any(|id| !after.contains(&id) && at.to.get(id).is_some())
}

/// The partition's constraints and indexes that exist under names of their own before it is attached.
pub(super) fn attached_parts<'a>(at: &'a Site) -> impl Iterator<Item = Id> + 'a {
    let constraints = at.to.parts_of::<Constraint>(&at.id.qname());
    let indexes = at.to.of::<Index>();
    constraints
        .map(|(id, _, object)| (id, object))
        .chain(indexes.map(|(id, _, object)| (id, object)))
        .filter(|(id, object)| {
            id.schema == at.id.schema && super::attached::is_named_apart(id, object, at.id, at)
        })
        .map(|(id, _)| id.clone())
}

/// What an inherited column has otherwise than its parents give it.
pub(super) fn overrides(table: &Table, column: &Column, at: &Site) -> Vec<Change> {
    let Some(given) = given(table, column, at.to) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    if given.default != column.default && column.generated.is_none() {
        changes.push(match &column.default {
            Some(default) => {
                alter_column::set_default(at.id, &column.name, default).stage(Stage::With)
            }
            None => alter_column::drop_default(at.id, &column.name).stage(Stage::With),
        });
    }
    if given.nullable && !column.nullable {
        let mut set = not_null::set(column, at);
        for change in &mut set {
            change.hazards.clear();
        }
        changes.extend(set);
    }
    changes.extend(alter_column::stored_otherwise(&given, column, at));
    changes
}

fn given(table: &Table, column: &Column, catalog: &Catalog) -> Option<Column> {
    let mut parents = parents_columns(table, catalog, &column.name);
    let mut given = match (parents.next(), &table.of_type) {
        (Some(first), _) => first.clone(),
        (None, Some(_)) => Column {
            nullable: true,
            ..Column::default()
        },
        (None, None) => return None,
    };
    let hands_down = given.hands_down_not_null() || parents.any(Column::hands_down_not_null);
    given.nullable = !hands_down;
    given.not_null = not_null::given(hands_down, catalog.postgresql.unwrap_or_default());
    Some(given)
}

/// The table after its parents have been changed: what is done to a parent's column is done to its heirs'.
pub(super) fn as_parents_leave_it(old: &Table, new: &Table, at: &Site) -> Table {
    let mut table = old.clone();
    let (kept, left) = kept_and_left(old, new);
    for column in &mut table.columns {
        let name = column.name.clone();
        let before = parents_columns(&kept, at.from, &name).next();
        let after = parents_columns(&kept, at.to, &name).next();
        if let (Some(before), Some(after)) = (before, after) {
            follow(column, before, after, at.postgresql());
        }
    }
    let has = |parents: &Table, catalog, column: &Column| {
        parents_columns(parents, catalog, &column.name)
            .next()
            .is_some()
    };
    table.columns.retain(|column| {
        let falls = has(&kept, at.from, column) && !has(&kept, at.to, column);
        !column.inherited || !falls || has(&left, at.from, column)
    });
    follow_type(&mut table, new, at);
    for column in new
        .columns
        .iter()
        .filter(|column| old.column(&column.name).is_none())
    {
        let adds = adds_column(&kept, &column.name, at);
        if let Some((adds, given)) = adds.zip(given(&kept, column, at.to)) {
            table.columns.push(Column {
                inherited: column.inherited,
                comment: None,
                // That of a partition is its whole's.
                identity: None,
                // What is said of it afterwards stays with the table that it is said of.
                compression: adds.compression.clone(),
                ..given
            });
        }
    }
    table
}

/// Whether a table has heirs that do not count with it (`ATExecAddColumn` of `tablecmds.c`).
pub(super) fn has_heirs_without_identity(at: &Site) -> bool {
    let table = at.id.qname();
    let mut heirs = at.from.of::<Table>();
    heirs.any(|(_, heir, _)| {
        // From PostgreSQL 17 on a partition has the identity of its whole.
        let counts = heir.partition_of.is_some() && at.postgresql() >= 17;
        parents(heir).any(|parent| *parent == table) && !counts
    })
}

/// The column as the statement says it that adds it to a table by way of its parents: that of the uppermost of them.
fn adds_column<'a>(kept: &Table, column: &str, at: &Site<'a>) -> Option<&'a Column> {
    let has = |parent: &&QName| {
        let table = Table::find(at.to, parent);
        table.is_some_and(|table| table.column(column).is_some())
    };
    let parent = parents(kept).find(has)?;
    let new = Table::find(at.to, parent)?;
    let above = Table::find(at.from, parent).map(|old| kept_and_left(old, new).0);
    let above = above.and_then(|kept| adds_column(&kept, column, at));
    above.or_else(|| new.column(column))
}

/// A table that is of a type has its attributes, before and after.
fn follow_type(table: &mut Table, new: &Table, at: &Site) {
    let name = table
        .of_type
        .as_ref()
        .filter(|_| table.of_type == new.of_type);
    let id = name.map(|name| Id::new(Kind::Composite, &name.schema, &name.name));
    let object = id.and_then(|id| at.to.get(&id));
    let Some(given) = object.and_then(|object| Composite::from_body(&object.body)) else {
        return;
    };
    let find = |name: &str| given.attributes.iter().find(|given| given.name == name);
    table.columns.retain(|column| find(&column.name).is_some());
    for column in &mut table.columns {
        if let Some(given) = find(&column.name) {
            let before = column.clone();
            alter_column::follow_type(column, &given.data_type, given.collation.as_ref());
            if is_retyped(&before, column) {
                column
                    .default
                    .take_if(|_| !casts::converts_defaults(&before.data_type, &given.data_type));
            }
        }
    }
    for given in &given.attributes {
        if table.column(&given.name).is_none() {
            table.columns.push(Column {
                name: given.name.clone(),
                data_type: given.data_type.clone(),
                collation: given.collation.clone(),
                nullable: true,
                ..Column::default()
            });
        }
    }
}

/// The parents that a table keeps, and those that it leaves: their columns become its own.
fn kept_and_left(old: &Table, new: &Table) -> (Table, Table) {
    let whole = |table: &Table| table.partition_of.as_ref().map(|part| part.parent.clone());
    let of = |kept: bool| Table {
        inherits: old
            .inherits
            .iter()
            .filter(|parent| new.inherits.contains(parent) == kept)
            .cloned()
            .collect(),
        partition_of: old
            .partition_of
            .clone()
            .filter(|_| (whole(old) == whole(new)) == kept),
        ..Table::default()
    };
    (of(true), of(false))
}

fn joins_others(old: &Table, new: &Table) -> bool {
    let mut parents = new.inherits.iter();
    parents.any(|parent| !old.inherits.contains(parent))
}

/// Whether a table that joins other parents has a column not null by then on its own account.
pub(super) fn is_filled_before_it_joins(
    old: &Table,
    new: &Table,
    column: &Column,
    at: &Site,
) -> bool {
    let (kept, _) = kept_and_left(old, new);
    let mut kept = kept.inherits.iter();
    let given = kept.any(|parent| {
        let column = Table::find(at.from, parent).and_then(|parent| parent.column(&column.name));
        column.is_some_and(|column| !column.nullable)
    });
    joins_others(old, new) && !given
}

/// What `ALTER TABLE` does to the heirs of the table that it is said of (`ATPrepCmd` of `tablecmds.c`: how values are compressed is
/// each table's own).
fn follow(column: &mut Column, before: &Column, after: &Column, postgresql: u32) {
    let retyped = is_retyped(before, after);
    if retyped {
        let own = has_own_default(column, before, after);
        column.default = if own { None } else { after.default.clone() };
        alter_column::follow_type(column, &after.data_type, after.collation.as_ref());
    }
    if before.default != after.default {
        column.default.clone_from(&after.default);
    }
    match (before.hands_down_not_null(), after.hands_down_not_null()) {
        (false, true) if column.nullable => {
            column.nullable = false;
            column.not_null = not_null::given(true, postgresql);
        }
        // `NO INHERIT` leaves it to the heirs.
        (true, false) if !after.nullable => column.not_null.inherited = false,
        // From PostgreSQL 18 on, an heir's own stays.
        (true, false) if postgresql < not_null::NAMED || column.not_null.inherited => {
            column.nullable = true;
            column.not_null = NotNull::default();
        }
        _ => {}
    }
    if before.generated != after.generated {
        column.generated.clone_from(&after.generated);
    }
    if alter_column::stored_after(before, after).storage != after.storage {
        column.storage.clone_from(&after.storage);
    }
    if before.statistics != after.statistics {
        column.statistics = after.statistics;
    }
}

pub(super) fn is_retyped(before: &Column, after: &Column) -> bool {
    before.data_type != after.data_type || before.collation != after.collation
}

/// Whether an heir's default stands in the way of its parent's column getting another type.
fn has_own_default(column: &Column, before: &Column, after: &Column) -> bool {
    let parents = before.default.is_some() || after.default.is_some();
    let converted = || casts::converts_defaults(&before.data_type, &after.data_type);
    column.default.is_some() && !parents && !converted()
}

/// A column as a parent that stays has it, before and after.
pub(super) fn given_by_both<'a>(
    old: &Table,
    new: &Table,
    column: &str,
    at: &Site<'a>,
) -> Option<(&'a Column, &'a Column)> {
    let (kept, _) = kept_and_left(old, new);
    let before = parents_columns(&kept, at.from, column).next()?;
    Some((before, parents_columns(&kept, at.to, column).next()?))
}

/// The parents that a table keeps.
pub(super) fn kept(old: &Table, new: &Table) -> Table {
    kept_and_left(old, new).0
}

/// Whether the parents give a table a column of that name.
pub(super) fn gives(parents: &Table, catalog: &Catalog, column: &str) -> bool {
    parents_columns(parents, catalog, column).next().is_some()
}

/// Keeps an heir's default apart from its parent's while that is taken away and set again.
pub(super) fn own_default(
    id: &Id,
    (column, now): (&Column, &Column),
    (before, after): (&Column, &Column),
) -> Vec<Change> {
    let mut changes = Vec::new();
    if column.default.is_some() && column.default != before.default {
        changes.push(alter_column::drop_default(id, &column.name));
    }
    if now.default != after.default {
        changes.push(match &now.default {
            Some(default) => alter_column::set_default(id, &now.name, default).stage(Stage::Claims),
            None => alter_column::drop_default(id, &now.name).stage(Stage::Claims),
        });
    }
    changes
}

/// Stores an heir's column anew when its parent's got another type of the same name: how it was stored went with that, and
/// of what the parent says again its compression is the parent's alone.
pub(super) fn own_storage(new: &Table, now: &Column, after: &Column, at: &Site) -> Vec<Change> {
    let given = Column {
        compression: None,
        ..after.clone()
    };
    let mut changes = alter_column::stored_otherwise(&given, now, at);
    for change in &mut changes {
        after_ancestors(change, new, at);
    }
    changes
}

/// Puts what is done to an heir after what is done to all that it comes from.
pub(super) fn after_ancestors(change: &mut Change, heir: &Table, at: &Site) {
    change.stage = Stage::Claims;
    let above = ancestors(heir, at.to).into_iter();
    change.needs.extend(above.map(table_id));
}

/// Takes the defaults away that can't be converted when a parent's column, or an attribute of the table's type, gets another type.
pub(super) fn drop_defaults(old: &Table, left: &Table, at: &Site) -> Vec<Change> {
    let lost = old.columns.iter().filter(|column| {
        let now = left.column(&column.name);
        now.is_some_and(|now| {
            column.default.is_some() && now.default.is_none() && is_retyped(column, now)
        })
    });
    lost.map(|column| alter_column::drop_default(at.id, &column.name))
        .collect()
}

/// What lets go of parents.
pub(super) fn leave(old: &Table, new: &Table, at: &Site) -> Vec<Change> {
    let mut changes = Vec::new();
    if let Some(part) = old
        .partition_of
        .as_ref()
        .filter(|_| old.partition_of != new.partition_of)
    {
        let mut detach = Change::new(at.id, "detach_partition").with("parent", &part.parent);
        detach.frees.push(rows_of_parent(part));
        detach.takes = Some(inherited_keys::copies_of(&part.parent));
        // What comes back with other bounds is changed with its parent before it leaves.
        let comes_back = |now: &PartitionOf| now.parent == part.parent;
        if new.partition_of.as_ref().is_some_and(comes_back) {
            let all = ancestors(old, at.from).into_iter();
            detach.needs.extend(all.map(table_id));
            for catalog in [at.from, at.to] {
                detach.needs.extend(checks_of(&part.parent, catalog));
            }
        } else {
            detach.frees.extend(heirs_above(&part.parent, at.from));
        }
        changes.push(
            detach
                .stage(Stage::Releases)
                .hazards(&[Hazard::BreaksRunningCode]),
        );
    }
    for parent in old
        .inherits
        .iter()
        .filter(|parent| !new.inherits.contains(parent))
    {
        let mut leave = Change::new(at.id, "no_inherit").with("parent", parent);
        leave.frees.extend(heirs_above(parent, at.from));
        changes.push(
            leave
                .stage(Stage::Releases)
                .hazards(&[Hazard::BreaksRunningCode]),
        );
    }
    if !changes.is_empty() {
        changes.extend(drop_left_checks(old, new, at));
        changes.extend(inherited_keys::drop_left(old, new, at));
    }
    changes
}

/// What takes hold of parents.
pub(super) fn join(old: &Table, new: &Table, at: &Site) -> Vec<Change> {
    let mut changes = Vec::new();
    if parents(new).any(|parent| !parents(old).any(|before| before == parent)) {
        changes.extend(add_joined_checks(old, new, at));
    }
    if let Some(part) = new
        .partition_of
        .as_ref()
        .filter(|_| old.partition_of != new.partition_of)
    {
        changes.push(attach_partition(at, part));
    }
    for parent in new
        .inherits
        .iter()
        .filter(|parent| !old.inherits.contains(parent))
    {
        let mut inherit = Change::new(at.id, "inherit").with("parent", parent);
        inherit.needs.extend(checks_of(parent, at.from));
        changes.push(inherit.stage(Stage::Claims).needs(table_id(parent)));
    }
    changes
}

/// Whether a check is a parent's in one catalog, and the table's own in the other: a partition that is attached gives it up, a
/// table that leaves keeps it.
pub(super) fn is_check_of_parents(
    constraint: &Constraint,
    id: &Id,
    within: &Catalog,
    apart: &Catalog,
) -> bool {
    let table = QName::new(&id.schema, &id.parent);
    let (Some(with), Some(without)) = (Table::find(within, &table), Table::find(apart, &table))
    else {
        return false;
    };
    let left = parents(with).filter(|parent| !parents(without).any(|other| other == *parent));
    let handed_down = handed_down(left, within);
    let is_check = matches!(constraint.rule, ConstraintRule::Check(_));
    is_check
        && handed_down
            .get(id.name.as_str())
            .is_some_and(|parents| parents.rule == constraint.rule)
}

/// The checks of its name that the table's parents hand down.
pub(super) fn handed_down_by(check: &Constraint, id: &Id, catalog: &Catalog) -> Vec<Id> {
    let table = QName::new(&id.schema, &id.parent);
    let table =
        Table::find(catalog, &table).filter(|_| matches!(check.rule, ConstraintRule::Check(_)));
    let parents = table
        .into_iter()
        .flat_map(|table| ancestors(table, catalog));
    let named = |parent: &QName| {
        let id = Id::part(Kind::Constraint, parent, &id.name);
        let hands_down = |constraint: &Constraint| matches!(&constraint.rule, ConstraintRule::Check(check) if !check.no_inherit);
        catalog
            .get(&id)
            .and_then(model)
            .is_some_and(hands_down)
            .then_some(id)
    };
    parents.filter_map(named).collect()
}

/// Those of them that are not valid: the table's own, which is, has to be there first.
pub(super) fn unchecked_parents_of(check: &Constraint, id: &Id, catalog: &Catalog) -> Vec<Id> {
    let mut all = handed_down_by(check, id, catalog);
    all.retain(|id| {
        let parents = catalog.get(id).and_then(model::<Constraint>);
        parents.is_some_and(|parents| parents.not_valid)
    });
    all
}

/// Whether a check that should only be the parents' is the table's own too: PostgreSQL drops no check that a parent has.
pub(super) fn is_left_to_parents(constraint: &Constraint, at: &Site) -> bool {
    let table = QName::new(&at.id.schema, &at.id.parent);
    let heir = Table::find(at.to, &table).filter(|table| !table.inherits.is_empty());
    let handed_down = heir.map(|table| handed_down(table.inherits.iter(), at.to));
    let handed_down = handed_down.and_then(|checks| checks.get(at.id.name.as_str()).copied());
    constraint.inherited && handed_down.is_some_and(|parents| parents.rule == constraint.rule)
}

/// Who leaves frees them, who joins takes them.
pub(super) fn rows_of_parent(part: &PartitionOf) -> Name {
    Name::Turn(Turn::Rows, part.parent.clone())
}

/// Who leaves frees them, a check that comes or goes takes them.
pub(super) fn heirs_of(parent: &QName) -> Name {
    Name::Turn(Turn::Heirs, parent.clone())
}

fn heirs_above(parent: &QName, catalog: &Catalog) -> Vec<Name> {
    let table = Table::find(catalog, parent).into_iter();
    let above = table.flat_map(|table| ancestors(table, catalog));
    above.chain([parent]).map(heirs_of).collect()
}

/// Whether a foreign key points at the whole, other than those of a partition that goes itself.
pub(super) fn is_referenced(whole: &QName, partition: &Id, catalog: &Catalog) -> bool {
    let points = |rule: &ConstraintRule| matches!(rule, ConstraintRule::ForeignKey(key) if key.references == *whole);
    let mut constraints = catalog.of::<Constraint>();
    constraints.any(|(id, constraint, _)| {
        let own = (&id.schema, &id.parent) == (&partition.schema, &partition.name);
        !own && points(&constraint.rule)
    })
}

pub(super) fn table_id(name: &QName) -> Id {
    Id::new(Kind::Table, &name.schema, &name.name)
}

/// The model of an object of that kind.
pub(super) fn model<M: Model>(object: &crate::catalog::Object) -> Option<&M> {
    M::from_body(&object.body)
}
