use super::column::Column;
use super::{
    PartitionOf, ReplicaIdentity, Table, alter_column, attached, casts, inheritance, not_null,
    persistence, row_type,
};
use crate::catalog::{Catalog, Id, QName};
use crate::kinds::{Kind, Model, Sql, changed_options, lets_go, raw, with_model};
use crate::plan::{
    Alteration, Change, Diff, Effect, Hazard, Name, Note, Numbers, Part, Site, Stage, Turn, Use,
};
use crate::sql::{TypeName, mentions};

impl Diff for Table {
    fn create(&self, at: &Site) -> Vec<Change> {
        let attach = self
            .partition_of
            .as_ref()
            .filter(|part| inheritance::is_attached(self, part, at));
        let heir =
            !self.inherits.is_empty() || self.partition_of.is_some() || self.of_type.is_some();
        let printed: Vec<&Column> = self
            .columns
            .iter()
            .filter(|column| !heir || attach.is_some() || !column.inherited)
            .collect();
        let printed = if self.of_type.is_some() {
            Vec::new()
        } else {
            printed
        };
        let parents = attach.is_none();
        let said = printed.iter();
        let said: Vec<Column> = said
            .map(|column| not_null::printed(column, parents, at))
            .collect();
        let mut changes = vec![
            Change::new(at.id, "create")
                .with("new", self)
                .with("columns", &said)
                .with("not_nulls", not_null::apart(self, at))
                .with("attach", attach.is_some())
                .with("constraints", inheritance::parents_checks(attach, at)),
        ];
        if let (Some(part), Some(create)) = (&self.partition_of, changes.first_mut()) {
            create.takes = Some(inheritance::rows_of_parent(part));
        }
        for column in &self.columns {
            let own = printed.iter().any(|other| other.name == column.name);
            if !own {
                changes.extend(inheritance::overrides(self, column, at));
            }
            changes.extend(alter_column::after_creation(column, !own, at));
            if own {
                changes.extend(not_null::after_creation(column, at));
            }
        }
        changes.extend(attach.map(|part| attach_partition(at, part)));
        changes.extend(properties(&Self::default(), self, at));
        changes
    }

    fn drop(&self, at: &Site) -> Vec<Change> {
        let all = [Hazard::BreaksRunningCode, Hazard::DeletesData];
        let hazards = if self.foreign.is_some() {
            &all[..1]
        } else {
            &all[..]
        };
        let drop = Change::new(at.id, "drop").with("foreign", self.foreign.is_some());
        // A partition that foreign keys point at by way of its parent can only be dropped once it is no partition.
        let referenced = self
            .partition_of
            .as_ref()
            .filter(|part| inheritance::is_referenced(&part.parent, at.id, at.from));
        let detach = referenced
            .map(|part| Change::new(at.id, "detach_partition").with("parent", &part.parent));
        let mut drop = drop.hazards(hazards);
        drop.frees = self
            .partition_of
            .iter()
            .map(inheritance::rows_of_parent)
            .collect();
        detach.into_iter().chain([drop]).collect()
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        if self.must_be_replaced_by(new) {
            return Alteration::Replace;
        }
        let mut changes = inheritance::leave(self, new, at);
        if self.of_type.is_some() && self.of_type != new.of_type {
            changes.push(not_of(at.id));
        }
        let left = inheritance::as_parents_leave_it(self, new, at);
        changes.extend(inheritance::drop_defaults(self, &left, at));
        changes.extend(columns(self, &left, new, at));
        if let Some(holder) = row_type::held_fast(&changes, new, at) {
            return Alteration::Refuse(format!(
                "`{holder}` holds rows of it: as long as it does, PostgreSQL gives no column of the table another type, and \
                 adds none with a default, an identity or an expression"
            ));
        }
        changes.extend(inheritance::join(self, new, at));
        if self.unlogged != new.unlogged {
            changes.push(persistence::change(new, at));
        }
        let toast = toast_options_again(self, new, &changes, at.id);
        changes.extend(storage(self, new, at.id));
        changes.extend(toast);
        changes.extend(properties(self, new, at));
        Alteration::Changes(changes)
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let mut uses = Vec::new();
        for column in &self.columns {
            uses.push(Use::Type(&column.data_type));
            uses.extend(column.collation.as_deref().map(Use::Collation));
            uses.extend(column.default.iter().map(|sql| Use::Text(&sql.0, None)));
            uses.extend(
                column
                    .generated
                    .iter()
                    .map(|generated| Use::Text(&generated.expression.0, None)),
            );
        }
        let parents = inheritance::parents(self);
        uses.extend(parents.map(|parent| Use::Relation(parent.clone(), None)));
        let keys = self.partition_by.iter().flat_map(|by| &by.keys);
        uses.extend(keys.map(|key| Use::Text(&key.0, None)));
        uses.extend(
            self.of_type
                .iter()
                .map(|name| Use::Object(Id::new(Kind::Composite, &name.schema, &name.name))),
        );
        let foreign = self.foreign.iter();
        uses.extend(foreign.map(|foreign| raw::named("server", &foreign.server)));
        uses.extend(self.access_method.as_deref().map(raw::access_method));
        uses
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![Name::Relation(id.qname()), Name::Type(id.qname())]
    }

    fn precedes(&self, at: &Site) -> Vec<Id> {
        let unchecked = inheritance::unchecked_by_parents(self, at.to);
        unchecked
            .into_iter()
            .chain(attached::taken_by_attaching(at))
            .collect()
    }

    fn falls_with(&self, _id: &Id) -> Vec<(Id, Option<String>)> {
        let parent = self.partition_of.iter();
        parent
            .map(|part| (inheritance::table_id(&part.parent), None))
            .collect()
    }

    fn parents(&self) -> Vec<Id> {
        let of_type = self.of_type.iter();
        let of_type = of_type.map(|name| Id::new(Kind::Composite, &name.schema, &name.name));
        inheritance::parents(self)
            .map(inheritance::table_id)
            .chain(of_type)
            .collect()
    }

    fn follows(&self, part: &str, effect: Effect) -> bool {
        let column = self.column(part);
        let own = |column: &Column| !column.inherited && self.of_type.is_none();
        column.is_some_and(|column| effect != Effect::Drops || !own(column))
    }

    fn stands_with(&self, id: &Id) -> Option<QName> {
        Some(id.qname())
    }

    fn survives_retyping(&self) -> bool {
        true
    }

    fn survives_replacement(&self, of: &Id) -> bool {
        // A foreign table goes with its server, which is kept as SQL; it has no rows of its own.
        of.kind != Kind::Table
            && !(self.foreign.is_some() && of.kind == Kind::Raw)
            && !self.is_partitioned_by_type(of)
    }

    fn regrasp(&self, new: &Self, replaced: &[&Id], at: &Site) -> Vec<Change> {
        let of = self
            .of_type
            .as_ref()
            .filter(|_| self.of_type == new.of_type);
        let of = of.filter(|name| {
            let is = |id: &&Id| id.kind == Kind::Composite && id.qname() == **name;
            replaced.iter().copied().any(|id| is(&id))
        });
        let mut changes = Vec::new();
        if of.is_some() {
            // The attributes are the table's own columns while its type makes way.
            changes.extend(columns(self, self, new, at));
        }
        for column in &self.columns {
            let stays = |now: &&Column| !alter_column::must_be_added_again(column, now);
            let Some(now) = new.column(&column.name).filter(stays) else {
                continue;
            };
            let given = inheritance::given_by_both(self, new, &column.name, at);
            let more = regrasp_column(new, (column, now), given, replaced, at);
            changes.extend(more);
        }
        let retyped = self
            .columns
            .iter()
            .filter(|column| is_replaced(column, replaced, at));
        let names: Vec<&str> = retyped.map(|column| column.name.as_str()).collect();
        let computed = computed_from_retyped(self, new, &names, at);
        for (before, column) in computed {
            changes.extend(alter_column::add_again(before, column, at));
        }
        if let Some(name) = of {
            changes.extend([not_of(at.id), of_type(at.id, name)]);
        }
        changes
    }

    fn keep_names(&mut self, id: &Id) {
        for column in &mut self.columns {
            let automatic = alter_column::identity_sequence(id, column);
            if let Some(identity) = &mut column.identity {
                identity.sequence = automatic.map(|name| name.name);
            }
        }
    }

    fn keep_constraint_names(&mut self, id: &Id, postgresql: u32) {
        if postgresql >= not_null::NAMED {
            not_null::keep_names(self, id);
        }
    }

    fn follow_names(&mut self, id: &Id, from: &Catalog, to: &Catalog) -> Vec<Change> {
        not_null::follow_names(self, id, from, to)
    }

    fn leftovers(&self, new: &Self, at: &Site) -> Vec<Note> {
        let heir = new.partition_of.is_none() && !new.inherits.is_empty();
        // A column is there before the table joins a parent.
        let own = |name: &str| {
            let (column, kept) = (self.column(name), inheritance::kept(self, new));
            let catalog = if column.is_some() { at.from } else { at.to };
            column.is_some_and(|column| !column.inherited)
                || !inheritance::gives(&kept, catalog, name)
        };
        let columns = new
            .columns
            .iter()
            .filter(|column| heir && column.inherited && own(&column.name));
        let columns = columns.map(|column| Note::OwnColumn {
            id: at.id.clone(),
            part: column.name.clone(),
        });
        let comes = new.columns.iter().filter(|column| {
            let was = self.column(&column.name);
            let handed_down =
                || inheritance::gives(&inheritance::kept(self, new), at.to, &column.name);
            heir && !column.inherited && was.is_some_and(|was| was.inherited) && handed_down()
        });
        let comes = comes.map(|column| Note::ParentsColumn {
            id: at.id.clone(),
            part: column.name.clone(),
        });
        let checks = inheritance::own_checks(self, new, at).into_iter();
        let checks = checks.map(|part| Note::OwnCheck {
            id: at.id.clone(),
            part,
        });
        let not_nulls = not_null::leftovers(self, new, at);
        columns
            .chain(comes)
            .chain(checks)
            .chain(not_nulls)
            .collect()
    }

    fn parts(&self) -> Vec<Part<'_>> {
        let parts = self.columns.iter().map(|column| Part {
            name: &column.name,
            data_type: Some(&column.data_type),
            default: column.default.as_ref().map(|sql| &*sql.0),
            comment: column.comment.as_deref(),
            privileges: Some(&column.privileges),
        });
        parts.collect()
    }

    fn numbers(&self, id: &Id) -> Vec<Numbers<'_>> {
        let numbers = self.columns.iter().filter_map(|column| {
            let identity = column.identity.as_ref()?;
            let sequence = alter_column::identity_sequence(id, column)?;
            Some(Numbers {
                column: &column.name,
                sequence: Id::new(Kind::Sequence, &sequence.schema, sequence.name),
                privileges: &identity.privileges,
            })
        });
        numbers.collect()
    }

    fn address(&self, _id: &Id) -> crate::plan::Context {
        let mut own = crate::plan::Context::new();
        own.insert("foreign".to_owned(), self.foreign.is_some().into());
        own
    }
}

impl Table {
    /// What no statement can change: how it is partitioned, and on which foreign server it is.
    fn must_be_replaced_by(&self, new: &Self) -> bool {
        let retyped = new.columns.iter().filter(|now| {
            let old = self.column(&now.name);
            old.is_some_and(|old| old.data_type != now.data_type)
        });
        let mut keys = self.partition_by.iter().flat_map(|by| &by.keys);
        self.partition_by != new.partition_by
            || keys.any(|key| {
                let mentions = mentions(&key.0);
                retyped.clone().any(|column| mentions.name(&column.name))
            })
            || self.foreign.as_ref().map(|foreign| &foreign.server)
                != new.foreign.as_ref().map(|foreign| &foreign.server)
    }

    /// Whether its rows are told apart by a column of that type, which can't be given another.
    fn is_partitioned_by_type(&self, of: &Id) -> bool {
        let is_of_type = |column: &&Column| {
            let name = TypeName::parse(&column.data_type);
            name.is_ok_and(|name| name.builtin().is_none() && name.name == of.name)
        };
        let mut keys = self.partition_by.iter().flat_map(|by| &by.keys);
        of.kind.is_type()
            && keys.any(|key| {
                let mentions = mentions(&key.0);
                let mut columns = self.columns.iter().filter(is_of_type);
                columns.any(|column| mentions.name(&column.name))
            })
    }

    /// The table in a catalog.
    pub(crate) fn find<'a>(catalog: &'a crate::catalog::Catalog, name: &QName) -> Option<&'a Self> {
        let id = Id::new(Kind::Table, &name.schema, &name.name);
        catalog
            .get(&id)
            .and_then(|object| Self::from_body(&object.body))
    }
}

/// Whether a column's type or collation goes and another of its name comes.
fn is_replaced(column: &Column, replaced: &[&Id], at: &Site) -> bool {
    let comes = |id: &&&Id| at.to.get(id).is_some() || at.to.has_type_of_name(id);
    let mut replaced = replaced.iter().filter(comes);
    replaced.any(|id| is_of_type(&column.data_type, id, at.from) || is_collated(column, id))
}

/// What lets a column go of what is replaced. What it has from a parent, `given` before and after, comes with that.
fn regrasp_column(
    new: &Table,
    (column, now): (&Column, &Column),
    given: Option<(&Column, &Column)>,
    replaced: &[&Id],
    at: &Site,
) -> Vec<Change> {
    let lets_go = |old: &Option<Sql>, new: &Option<Sql>| {
        let lets_go = |sql: &Sql| lets_go(sql, new.as_ref(), replaced, at.to);
        old.as_ref().is_some_and(lets_go)
    };
    let expression = |column: &Column| {
        column
            .generated
            .as_ref()
            .map(|generated| generated.expression.clone())
    };
    let retyped = is_replaced(column, replaced, at);
    // Before PostgreSQL 15 what is no longer computed goes all the same with what its expression called, and unasked.
    let computed = now.generated.is_some() || at.postgresql() < 15;
    let mut changes = Vec::new();
    if let Some((before, after)) = given {
        if retyped
            || lets_go(&column.default, &now.default)
            || lets_go(&before.default, &after.default)
        {
            changes.extend(inheritance::own_default(
                at.id,
                (column, now),
                (before, after),
            ));
        }
        if retyped {
            changes.extend(inheritance::own_storage(new, now, after, at));
        }
        return changes;
    }
    if retyped {
        changes.extend(alter_column::retype(at.id, column, now, at));
        changes.extend(alter_column::restored(now, at));
    } else if lets_go(&column.default, &now.default) {
        changes.push(alter_column::drop_default(at.id, &column.name));
        let set = |sql| alter_column::set_default(at.id, &now.name, sql).stage(Stage::Claims);
        changes.extend(now.default.as_ref().map(set));
    } else if computed && lets_go(&expression(column), &expression(now)) {
        changes.push(drop_column(at.id, column));
        changes.extend(add_column(now, at));
    }
    changes
}

/// Columns that are computed from others free it when they go, and the others then take it.
fn computed_of(table: &Id) -> Name {
    Name::Turn(Turn::Computed, table.qname())
}

/// What drops, changes and adds columns: what is computed from others goes before those do.
fn columns(before: &Table, old: &Table, new: &Table, at: &Site) -> Vec<Change> {
    let gone = old.columns.iter();
    let gone = gone.filter(|column| new.column(&column.name).is_none());
    let mut changes: Vec<Change> = gone
        .map(|column| {
            let mut drop = drop_column(at.id, column);
            if column.generated.is_none() {
                drop.takes = Some(computed_of(at.id));
            }
            drop
        })
        .collect();
    for column in &new.columns {
        match old.column(&column.name) {
            Some(before) => changes.extend(alter_column::changes(before, column, at)),
            None => changes.extend(add_column(column, at)),
        }
    }
    let followed = before.columns.iter().filter(|column| {
        old.column(&column.name)
            .is_some_and(|now| inheritance::is_retyped(column, now))
    });
    let names = followed.map(|column| column.name.as_str());
    let names: Vec<&str> = names.chain(retyped(&changes)).collect();
    // What comes from a parent by then is computed already.
    let computed = computed_from_retyped(old, new, &names, at).into_iter();
    let there = |(_, column): &(&Column, &Column)| before.column(&column.name).is_some();
    for (before, column) in computed.filter(there) {
        changes.retain(|change| change.part.as_ref() != Some(&column.name));
        changes.extend(alter_column::add_again(before, column, at));
    }
    for change in &mut changes {
        after_parents(change, before, old, at);
    }
    let is_computed = |change: &Change| {
        let column = change.part.as_ref().and_then(|part| old.column(part));
        let lets_go = change.effect == Effect::Drops || change.action == "drop_expression";
        lets_go && column.is_some_and(|column| column.generated.is_some())
    };
    changes.sort_by_key(|change| !is_computed(change));
    changes
}

/// What parts an heir from its parents comes after what those hand down.
fn after_parents(change: &mut Change, before: &Table, left: &Table, at: &Site) {
    let column = |table: &Table| {
        change
            .part
            .as_ref()
            .and_then(|part| table.column(part))
            .cloned()
    };
    let handed_down = column(before) != column(left);
    if handed_down && (change.stage == Stage::With || change.action == "drop_default") {
        inheritance::after_ancestors(change, left, at);
    }
}

fn retyped(changes: &[Change]) -> impl Iterator<Item = &str> {
    let changes = changes
        .iter()
        .filter(|change| change.effect == Effect::Retypes);
    changes.filter_map(|change| change.part.as_deref())
}

/// PostgreSQL changes no type of a column that a generated one is computed from.
fn computed_from_retyped<'a>(
    old: &'a Table,
    new: &'a Table,
    retyped: &[&str],
    at: &Site,
) -> Vec<(&'a Column, &'a Column)> {
    let stays = |column: &'a Column| {
        let before = old.column(&column.name)?;
        let generated = column.generated.as_ref()?;
        let mentions = crate::sql::mentions(&generated.expression.0);
        let hit = retyped.iter().any(|name| mentions.name(name));
        let hit = hit && inheritance::given_by_both(old, new, &column.name, at).is_none();
        (hit && before.generated == column.generated).then_some((before, column))
    };
    new.columns.iter().filter_map(stays).collect()
}

/// Whether a column's type is that object, or what comes with it: an array of it, a range's multirange.
pub(super) fn is_of_type(data_type: &str, id: &Id, catalog: &Catalog) -> bool {
    let Some(object) = catalog.get(id).filter(|_| id.kind.is_type()) else {
        return false;
    };
    let names = with_model!(&object.body, model => Diff::names(model, id));
    let is = |name: &Name| matches!(name, Name::Type(name) if is_named(data_type, name));
    names.iter().any(is)
}

fn is_collated(column: &Column, id: &Id) -> bool {
    let collation = column.collation.as_deref();
    id.kind == Kind::Collation && collation.is_some_and(|text| is_named(text, &id.qname()))
}

pub(super) fn is_named(text: &str, object: &QName) -> bool {
    TypeName::parse(text).is_ok_and(|name| {
        name.name == object.name && name.schema.is_none_or(|schema| schema == object.schema)
    })
}

pub(super) fn add_column(column: &Column, at: &Site) -> Vec<Change> {
    let plain = Column {
        identity: None,
        ..column.clone()
    };
    // What heirs get too is counted afterwards.
    let apart = column.identity.is_some() && inheritance::has_heirs_without_identity(at);
    let counted = apart.then(|| alter_column::identity_changes(at.id, &plain, column));
    let column = if apart { &plain } else { column };
    let add = Change::new(at.id, "add_column")
        .part(&column.name)
        .with(
            "column",
            not_null::printed(column, is_given(column, at), at),
        )
        .effect(Effect::Adds)
        .stage(Stage::Claims);
    let rewrites = column
        .generated
        .as_ref()
        .is_some_and(|generated| !generated.is_virtual)
        || column.identity.is_some()
        || casts::is_checked(&column.data_type, at.to)
        || column
            .default
            .as_ref()
            .is_some_and(|sql| !alter_column::is_stable(&sql.0));
    let mut hazards = if rewrites {
        vec![
            Hazard::RewritesTable,
            Hazard::BlocksReads,
            Hazard::BlocksWrites,
        ]
    } else {
        Vec::new()
    };
    if !column.nullable
        && column.default.is_none()
        && column.generated.is_none()
        && column.identity.is_none()
    {
        hazards.push(Hazard::BreaksRunningCode);
    }
    let mut changes = vec![add.hazards(&hazards)];
    changes.extend(counted.into_iter().flatten());
    changes.extend(alter_column::after_creation(column, false, at));
    changes.extend(not_null::after_creation(column, at));
    changes
}

/// Whether parents that stay have the column. Others want it as it has to be before the table joins them.
fn is_given(column: &Column, at: &Site) -> bool {
    let [old, new] = [at.from, at.to].map(|catalog| Table::find(catalog, &at.id.qname()));
    old.zip(new).is_some_and(|(old, new)| {
        inheritance::gives(&inheritance::kept(old, new), at.to, &column.name)
    })
}

pub(super) fn drop_column(id: &Id, column: &Column) -> Change {
    let hazards = [Hazard::DeletesData, Hazard::BreaksRunningCode];
    let mut drop = Change::new(id, "drop_column")
        .part(&column.name)
        .hazards(&hazards)
        .effect(Effect::Drops)
        .stage(Stage::Releases);
    let computed = column.generated.as_ref();
    drop.frees.extend(computed.map(|_| computed_of(id)));
    drop
}

pub(super) fn attach_partition(at: &Site, part: &PartitionOf) -> Change {
    let parent = Id::new(Kind::Table, &part.parent.schema, &part.parent.name);
    let mut change = Change::new(at.id, "attach_partition")
        .with("partition_of", part)
        .stage(Stage::Claims)
        .needs(parent);
    change.takes = Some(inheritance::rows_of_parent(part));
    change.needs.extend(inheritance::attached_parts(at));
    change.needs.extend(attached::taken_by_attaching(at));
    change
        .needs
        .extend(inheritance::checks_of(&part.parent, at.from));
    change.hazards(&[Hazard::ScansTable])
}

/// Where and how rows are stored.
fn storage(old: &Table, new: &Table, id: &Id) -> Vec<Change> {
    let rewrite = [
        Hazard::RewritesTable,
        Hazard::BlocksReads,
        Hazard::BlocksWrites,
    ];
    let mut changes = Vec::new();
    if old.tablespace != new.tablespace {
        changes.push(
            Change::new(id, "set_tablespace")
                .with("tablespace", &new.tablespace)
                .hazards(&rewrite),
        );
    }
    if old.access_method != new.access_method {
        changes.push(
            Change::new(id, "set_access_method")
                .with("method", &new.access_method)
                .hazards(&rewrite),
        );
    }
    let mut options = changed_options(id, &old.options, &new.options);
    // A parent's new column may be the one that brings the TOAST table.
    let of_toast = new.options.keys().any(|name| name.starts_with("toast."));
    for change in options.iter_mut().filter(|_| of_toast) {
        let parents = inheritance::parents(new);
        change.needs.extend(parents.map(inheritance::table_id));
    }
    changes.extend(options);
    if let (Some(old), Some(new)) = (&old.foreign, &new.foreign)
        && old.options != new.options
    {
        let (set, gone) = crate::kinds::option_changes(&old.options, &new.options);
        let known: Vec<&String> = old.options.keys().collect();
        changes.push(
            Change::new(id, "set_foreign_options")
                .with("set", set)
                .with("reset", gone)
                .with("known", known),
        );
    }
    if let Some(name) = new.of_type.as_ref().filter(|_| old.of_type != new.of_type) {
        changes.push(of_type(id, name));
    }
    changes
}

/// The options of a TOAST table that is another one: PostgreSQL makes none when it writes rows that need none by then.
fn toast_options_again(old: &Table, new: &Table, changes: &[Change], id: &Id) -> Option<Change> {
    let same = new.options.iter().filter(|(name, value)| {
        name.starts_with("toast.") && old.options.get(*name) == Some(*value)
    });
    let same: indexmap::IndexMap<&String, &String> = same.collect();
    let retyped = |column: &Column| {
        let now = new.column(&column.name);
        now.is_some_and(|now| inheritance::is_retyped(column, now))
    };
    let writes = |change: &Change| change.hazards.contains(&Hazard::RewritesTable);
    let written = changes.iter().any(writes) || old.columns.iter().any(retyped);
    let stays = |column: &Column| {
        let now = new.column(&column.name);
        casts::is_toasted(&column.data_type)
            && now.is_some_and(|now| now.data_type == column.data_type)
    };
    let again = !same.is_empty() && written && !old.columns.iter().any(stays);
    again.then(|| Change::new(id, "set_options").with("set", same))
}

fn not_of(id: &Id) -> Change {
    Change::new(id, "leave_type").stage(Stage::Releases)
}

fn of_type(id: &Id, name: &QName) -> Change {
    let composite = Id::new(Kind::Composite, &name.schema, &name.name);
    let change = Change::new(id, "set_type").with("of_type", name);
    change.stage(Stage::Claims).needs(composite)
}

/// What is said of a table after it is there.
fn properties(old: &Table, new: &Table, at: &Site) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.row_security != new.row_security {
        changes.push(security(at.id, "row_security", new.row_security));
    }
    if old.force_row_security != new.force_row_security {
        changes.push(security(
            at.id,
            "force_row_security",
            new.force_row_security,
        ));
    }
    if old.replica_identity != new.replica_identity {
        let change = Change::new(at.id, "replica_identity").with("identity", &new.replica_identity);
        changes.push(match &new.replica_identity {
            ReplicaIdentity::Index(index) => needs_index(change, index, at),
            _ => change,
        });
    }
    if old.clustered_on != new.clustered_on {
        let change = Change::new(at.id, "cluster_on").with("index", &new.clustered_on);
        changes.push(match &new.clustered_on {
            Some(index) => needs_index(change, index, at),
            None => change,
        });
    }
    changes
}

/// What a table says of an index that goes and comes again: that its rows are in that order, that it tells them apart.
pub(super) fn clustered_again(index: &str, table: &QName, at: &Site) -> Vec<Change> {
    let (Some(old), Some(new)) = (Table::find(at.from, table), Table::find(at.to, table)) else {
        return Vec::new();
    };
    let id = inheritance::table_id(table);
    let mut changes = Vec::new();
    if old.clustered_on == new.clustered_on && new.clustered_on.as_deref() == Some(index) {
        changes.push(Change::new(&id, "cluster_on").with("index", index));
    }
    let identity = &new.replica_identity;
    let by_it = matches!(identity, ReplicaIdentity::Index(name) if name == index);
    if by_it && old.replica_identity == new.replica_identity {
        changes.push(Change::new(&id, "replica_identity").with("identity", identity));
    }
    changes
}

fn security(id: &Id, action: &'static str, enabled: bool) -> Change {
    Change::new(id, action)
        .with("enabled", enabled)
        .hazards(&[Hazard::ChangesAuthorization])
}

/// An index is an object of its own, or comes with a constraint.
fn needs_index(change: Change, index: &str, at: &Site) -> Change {
    let constraint = Id::part(Kind::Constraint, &at.id.qname(), index);
    change
        .needs(Id::new(Kind::Index, &at.id.schema, index))
        .needs(constraint)
}
