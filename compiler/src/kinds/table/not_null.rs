//! Not-null constraints, as far as they are more than a property of the column: from PostgreSQL 18 on they have names.
//!
//! Sources: `AddRelationNotNullConstraints`, `rename_constraint_internal`, `ATExecSetNotNull` of `tablecmds.c` and `heap.c`;
//! `determineNotNullFlags` of `pg_dump.c`.

use serde::Serialize;

use super::column::{Column, NotNull};
use super::{Table, inheritance};
use crate::catalog::{Catalog, Id, QName};
use crate::plan::{Change, Hazard, Note, Site};
use crate::sql::object_name::make_object_name;

/// The version from which on they have names.
pub(super) const NAMED: u32 = 18;

/// A constraint that the creation of a table says apart from its columns.
#[derive(Serialize)]
pub(super) struct Apart {
    name: String,
    column: String,
    no_inherit: bool,
}

/// The name of one that nobody has named.
pub(crate) fn usual_name(table: &str, column: &str) -> String {
    make_object_name(table, Some(column), Some("not_null"))
}

/// What a new heir has of it, where its parents have it.
pub(crate) fn given(hands_down: bool, postgresql: u32) -> NotNull {
    NotNull {
        inherited: hands_down && postgresql >= NAMED,
        ..NotNull::default()
    }
}

/// What it is called: as it is said, as the parents' is, or after table and column.
fn name(table: &QName, column: &Column, catalog: &Catalog) -> String {
    if let Some(name) = &column.not_null.name {
        return name.clone();
    }
    let model = Table::find(catalog, table).filter(|_| column.not_null.inherited);
    let from_parents = model.and_then(|model| {
        let mut parents = inheritance::parents(model).filter_map(|parent| {
            let found = Table::find(catalog, parent)?.column(&column.name)?;
            found.hands_down_not_null().then_some((parent, found))
        });
        let (parent, found) = parents.next()?;
        Some(name(parent, found, catalog))
    });
    from_parents.unwrap_or_else(|| usual_name(&table.name, &column.name))
}

/// A column as a creation prints it; `heir` where the same statement names its parents.
pub(super) fn printed(column: &Column, heir: bool, at: &Site) -> Column {
    let mut printed = Column {
        not_null: NotNull::default(),
        ..column.clone()
    };
    if at.postgresql() >= NAMED && !column.nullable {
        let name = name(&at.id.qname(), column, at.to);
        let usual = usual_name(&at.id.name, &column.name);
        printed.nullable = column.not_null.not_valid || heir && column.not_null.inherited;
        printed.not_null.no_inherit = column.not_null.no_inherit;
        printed.not_null.name = Some(name).filter(|name| *name != usual);
    }
    printed
}

/// An heir's own constraints on columns that only its parents' statements say, and that have one there too.
pub(super) fn apart(table: &Table, at: &Site) -> Vec<Apart> {
    let own = |column: &&Column| {
        let said = &column.not_null;
        column.inherited && !column.nullable && !said.inherited && !said.not_valid
    };
    let given = |column: &&Column| is_given(table, column, at.to);
    let named = at.postgresql() >= NAMED && !table.inherits.is_empty();
    let columns = table.columns.iter().filter(|_| named);
    let apart = columns.filter(own).filter(given).map(|column| Apart {
        name: name(&at.id.qname(), column, at.to),
        column: column.name.clone(),
        no_inherit: column.not_null.no_inherit,
    });
    apart.collect()
}

/// Whether a partition's are not called as its parent's, which they would be if it were made as its partition.
pub(super) fn is_named_apart(partition: &Table) -> bool {
    let mut columns = partition.columns.iter();
    columns.any(|column| column.not_null.inherited && column.not_null.name.is_some())
}

/// What can only be said when the column is there.
pub(super) fn after_creation(column: &Column, at: &Site) -> Vec<Change> {
    if at.postgresql() < NAMED || column.nullable {
        return Vec::new();
    }
    let name = name(&at.id.qname(), column, at.to);
    let add = column
        .not_null
        .not_valid
        .then(|| add(at.id, column, name.clone()));
    let comment = comment(at.id, &name, None, column);
    add.into_iter().chain(comment).collect()
}

/// What makes a column not null.
pub(super) fn set(column: &Column, at: &Site) -> Vec<Change> {
    let name = name(&at.id.qname(), column, at.to);
    let said = &column.not_null;
    let usual = name == usual_name(&at.id.name, &column.name);
    if at.postgresql() < NAMED || usual && !said.no_inherit && !said.not_valid {
        let set = Change::new(at.id, "set_not_null").part(&column.name);
        let comment = comment(at.id, &name, None, column).filter(|_| at.postgresql() >= NAMED);
        return [set.hazards(&SCAN)].into_iter().chain(comment).collect();
    }
    let comment = comment(at.id, &name, None, column);
    let add = add(at.id, column, name);
    [add].into_iter().chain(comment).collect()
}

const SCAN: [Hazard; 4] = [
    Hazard::ScansTable,
    Hazard::BlocksReads,
    Hazard::BlocksWrites,
    Hazard::BreaksRunningCode,
];

fn add(id: &Id, column: &Column, name: String) -> Change {
    let hazards = if column.not_null.not_valid {
        &SCAN[3..]
    } else {
        &SCAN[..]
    };
    Change::new(id, "add_not_null")
        .part(&column.name)
        .with("constraint", name)
        .with("said", &column.not_null)
        .hazards(hazards)
}

fn rename(id: &Id, column: &str, from: &str, to: &str) -> Change {
    Change::new(id, "rename_not_null")
        .part(column)
        .with("constraint", from)
        .with("to", to)
}

fn comment(id: &Id, name: &str, old: Option<&Column>, new: &Column) -> Option<Change> {
    let before = old.and_then(|old| old.not_null.comment.as_ref());
    let after = new.not_null.comment.as_ref();
    let change = Change::new(id, "comment_not_null").part(&new.name);
    (before != after).then(|| change.with("constraint", name).with("comment", after))
}

/// What makes the constraint of a column that stays not null another. `old` is what the parents leave of it.
pub(super) fn changes(old: &Column, new: &Column, at: &Site) -> Vec<Change> {
    if at.postgresql() < NAMED || old.not_null == new.not_null && !moves(at) {
        return Vec::new();
    }
    let id = at.id;
    let mut changes = Vec::new();
    let difference = Difference::of(old, new, at);
    let name = match &difference.rename {
        Some(Rename::Can(from, to)) => {
            changes.push(rename(id, &new.name, from, to));
            to
        }
        Some(Rename::Cannot(from)) => from,
        None => &difference.name,
    };
    let alter = |action| {
        let change = Change::new(id, action).part(&new.name);
        change.with("constraint", name).with("said", &new.not_null)
    };
    if old.not_null.no_inherit != new.not_null.no_inherit {
        changes.push(alter("alter_not_null"));
    }
    match (old.not_null.not_valid, new.not_null.not_valid) {
        (true, false) => {
            changes.push(alter("validate_not_null").hazards(&[Hazard::ScansTable]));
        }
        (false, true) => {
            changes.push(Change::new(id, "drop_not_null").part(&new.name));
            changes.push(add(id, new, name.clone()));
        }
        _ => {}
    }
    if old.not_null.inherited && !new.not_null.inherited && difference.given {
        // It becomes the heir's own too; nothing is scanned.
        changes.push(Change::new(id, "set_not_null").part(&new.name));
    }
    changes.extend(comment(id, name, Some(old), new));
    changes
}

/// Whether the table joins or leaves parents: what it has from them is called otherwise then.
fn moves(at: &Site) -> bool {
    let [old, new] = [at.from, at.to].map(|catalog| Table::find(catalog, &at.id.qname()));
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    !inheritance::parents(old).eq(inheritance::parents(new))
}

/// Whether parents of the table have the constraint.
fn is_given(table: &Table, column: &Column, catalog: &Catalog) -> bool {
    let mut parents = inheritance::parents_columns(table, catalog, &column.name);
    parents.any(Column::hands_down_not_null)
}

enum Rename {
    Can(String, String),
    /// PostgreSQL renames none that a parent has, nor one that an heir has under another name.
    Cannot(String),
}

struct Difference {
    name: String,
    rename: Option<Rename>,
    /// By parents that stay.
    given: bool,
}

impl Difference {
    fn of(old: &Column, new: &Column, at: &Site) -> Self {
        let table = at.id.qname();
        let kept = match [at.from, at.to].map(|catalog| Table::find(catalog, &table)) {
            [Some(old), Some(new)] => inheritance::kept(old, new),
            _ => Table::default(),
        };
        let given = is_given(&kept, new, at.to);
        let [was, is] =
            [(old, at.from), (new, at.to)].map(|(column, catalog)| name(&table, column, catalog));
        let both_parents = old.not_null.inherited && new.not_null.inherited;
        let same = was == is || given && both_parents && old.not_null.name == new.not_null.name;
        // What only heirs' parents say shows nowhere, save in partitions.
        let shows = at
            .to
            .get(at.id)
            .and_then(|object| crate::kinds::Model::from_body(&object.body));
        let shows = shows
            .is_none_or(|table: &Table| table.partition_of.is_some() || !new.not_null.inherited);
        let rename = (!same && shows).then(|| {
            if given || !old.not_null.no_inherit && !heirs_agree(&table, old, &was, at.from) {
                Rename::Cannot(was.clone())
            } else {
                Rename::Can(was, is.clone())
            }
        });
        Self {
            name: is,
            rename,
            given,
        }
    }
}

/// Whether the constraint has the same name in all heirs, as a rename demands.
fn heirs_agree(table: &QName, column: &Column, name: &str, catalog: &Catalog) -> bool {
    let heirs = catalog.of::<Table>();
    let mut heirs =
        heirs.filter(|(_, heir, _)| inheritance::parents(heir).any(|parent| parent == table));
    heirs.all(|(id, heir, _)| {
        let own = heir.column(&column.name);
        let heir = id.qname();
        own.is_none_or(|own| {
            self::name(&heir, own, catalog) == name && heirs_agree(&heir, own, name, catalog)
        })
    })
}

/// The names that no statement can change.
pub(super) fn leftovers(old: &Table, new: &Table, at: &Site) -> Vec<Note> {
    if at.postgresql() < NAMED {
        return Vec::new();
    }
    let stays_own = |before: &Column, column: &Column| {
        let own = !before.not_null.inherited && column.not_null.inherited;
        own && new.partition_of.is_none()
    };
    let left = new.columns.iter().filter(|column| {
        let before = old.column(&column.name).filter(|before| !before.nullable);
        let stays = before.filter(|_| !column.nullable).is_some_and(|before| {
            let rename = Difference::of(before, column, at).rename;
            matches!(rename, Some(Rename::Cannot(_))) || stays_own(before, column)
        });
        let inherited = !column.nullable && column.not_null.inherited;
        stays || inherited && inheritance::is_filled_before_it_joins(old, new, column, at)
    });
    let notes = left.map(|column| Note::OwnNotNull {
        id: at.id.clone(),
        part: column.name.clone(),
    });
    notes.collect()
}

/// Says the names that follow from those of the table and its columns, before these change.
pub(super) fn keep_names(table: &mut Table, id: &Id) {
    let own = |column: &&mut Column| !column.nullable && !column.not_null.inherited;
    for column in table.columns.iter_mut().filter(own) {
        let usual = || usual_name(&id.name, &column.name);
        column.not_null.name.get_or_insert_with(usual);
    }
}

/// Renames those that are to be called after what has been renamed.
pub(super) fn follow_names(
    table: &mut Table,
    id: &Id,
    from: &Catalog,
    to: &Catalog,
) -> Vec<Change> {
    let Some(object) = to.get(id) else {
        return Vec::new();
    };
    let (before, mut changes) = (table.clone(), Vec::new());
    let at = Site {
        id,
        object,
        from,
        to,
    };
    for column in &mut table.columns {
        let now = Table::find(to, &id.qname()).and_then(|new| new.column(&column.name));
        let own = before
            .column(&column.name)
            .filter(|own| !own.nullable && own.not_null.name.is_some());
        if let (Some(own), Some(now)) = (own, now.filter(|now| !now.nullable))
            && let Some(Rename::Can(was, is)) = Difference::of(own, now, &at).rename
        {
            changes.push(rename(id, &column.name, &was, &is));
            column.not_null.name = Some(is);
        }
        let usual = usual_name(&id.name, &column.name);
        if !column.not_null.inherited {
            column.not_null.name.take_if(|name| *name == usual);
        }
    }
    changes
}
