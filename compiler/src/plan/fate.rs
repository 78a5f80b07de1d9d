//! What becomes of each object: what differs, and what has to be rebuilt because of it.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::diff::{Alteration, Diff, Site};
use super::{Change, Effect, Note, Stage, attributes};
use crate::catalog::{Catalog, Certainty, Dependency, Id, Object};
use crate::kinds::{Kind, with_model};

/// What becomes of an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fate {
    /// It stays as it is, or changes where it stands.
    Stay,
    /// It comes.
    Create,
    /// It goes.
    Drop,
    /// It goes and comes.
    Replace,
    /// It comes under the name of the old one, which goes afterwards; so does what a type of another kind takes the name of.
    Swap,
}

/// What becomes of all objects.
#[derive(Default)]
pub(super) struct Fates {
    pub by_id: BTreeMap<Id, Fate>,
    /// What is done to those that stay.
    pub changes: BTreeMap<Id, Vec<Change>>,
    pub notes: Vec<Note>,
}

impl Fates {
    pub fn of(&self, id: &Id) -> Option<&Fate> {
        self.by_id.get(id)
    }

    pub fn comes(&self, id: &Id) -> bool {
        matches!(self.of(id), Some(Fate::Create | Fate::Replace | Fate::Swap))
    }

    pub fn goes(&self, id: &Id) -> bool {
        matches!(self.of(id), Some(Fate::Drop | Fate::Replace | Fate::Swap))
    }
}

/// Compares the two catalogs object by object, then lets every replacement spread to those that cannot stay with it.
///
/// The `forced` are replaced by a drop and a creation, whatever else could be done.
pub(super) fn decide(from: &Catalog, to: &Catalog, forced: &BTreeSet<Id>) -> Fates {
    let mut fates = Fates::default();
    for id in from
        .objects
        .keys()
        .chain(to.objects.keys())
        .collect::<BTreeSet<_>>()
    {
        first_fate(id, from, to, &mut fates);
    }
    for id in forced {
        fates.changes.remove(id);
        fates.by_id.insert(id.clone(), Fate::Replace);
    }
    loop {
        spread(from, to, &mut fates);
        let passed_on = pass_on(from, to, &mut fates);
        if !regrasp(from, to, &mut fates) && !passed_on {
            break;
        }
    }
    attributes::compare_those_that_stay(from, to, &mut fates);
    fates
}

fn first_fate(id: &Id, from: &Catalog, to: &Catalog, fates: &mut Fates) {
    let fate = match (from.get(id), to.get(id)) {
        (Some(old), Some(new)) => compare(id, old, new, from, to, fates),
        (None, Some(_)) => Fate::Create,
        (Some(old), None) if !is_dropped(id, old, from, to) => Fate::Stay,
        (Some(_), None) if makes_way(id, from, to) => Fate::Swap,
        _ => Fate::Drop,
    };
    let stays = id.kind == Kind::Schema || fate == Fate::Drop;
    let fate = if is_there_anyway(id) && stays {
        Fate::Stay
    } else {
        fate
    };
    fates.by_id.insert(id.clone(), fate);
}

/// Whether a type of another kind takes its name, while something stays that is made of it.
fn makes_way(id: &Id, from: &Catalog, to: &Catalog) -> bool {
    let is_made_of_it = |on: &BTreeSet<Dependency>| on.iter().any(|one| one.on == *id);
    let mut left = from
        .depends
        .iter()
        .filter(|(other, _)| to.get(other).is_some());
    to.has_type_of_name(id) && left.any(|(_, on)| is_made_of_it(on))
}

/// Whether there is no statement to say: every object is as it ought to be.
pub(super) fn are_settled(from: &Catalog, to: &Catalog) -> bool {
    let spoken_of = |(id, _): &(&Id, &Object)| !is_there_anyway(id) || to.get(id).is_some();
    let renamed = !to.renames.is_empty() || !to.replaced.is_empty();
    !renamed && from.objects.iter().filter(spoken_of).eq(&to.objects)
}

/// Roles are never dropped, and `public` is there from the beginning.
fn is_there_anyway(id: &Id) -> bool {
    id.kind == Kind::Role || id.is_public()
}

/// Whether any statement drops it: none does what belongs to the whole cluster.
fn is_dropped(id: &Id, object: &Object, from: &Catalog, to: &Catalog) -> bool {
    let at = Site {
        id,
        object,
        from,
        to,
    };
    with_model!(&object.body, model => !Diff::drop(model, &at).is_empty())
}

fn compare(
    id: &Id,
    old: &Object,
    new: &Object,
    from: &Catalog,
    to: &Catalog,
    fates: &mut Fates,
) -> Fate {
    let at = Site {
        id,
        object: new,
        from,
        to,
    };
    let leftovers = with_model!(&old.body, model => match crate::kinds::Model::from_body(&new.body) {
        Some(new) => Diff::leftovers(model, new, &at),
        None => Vec::new(),
    });
    fates.notes.extend(leftovers);
    match alteration(old, new, &at) {
        Alteration::Changes(changes) => {
            if !changes.is_empty() {
                fates.changes.insert(id.clone(), changes);
            }
            Fate::Stay
        }
        Alteration::Replace => Fate::Replace,
        Alteration::Swap => Fate::Swap,
        Alteration::Refuse(reason) => {
            fates.notes.push(Note::Refused {
                id: id.clone(),
                reason,
            });
            Fate::Stay
        }
    }
}

fn alteration(old: &Object, new: &Object, at: &Site) -> Alteration {
    with_model!(&old.body, model => match crate::kinds::Model::from_body(&new.body) {
        Some(new) => Diff::alter(model, new, at),
        None => Alteration::Replace,
    })
}

/// Replaces what stays until nothing more has to be.
fn spread(from: &Catalog, to: &Catalog, fates: &mut Fates) {
    loop {
        let moved = moved(fates);
        let touched =
            |on: &BTreeSet<Dependency>| on.iter().any(|dependency| moved.contains(&dependency.on));
        let hit: Vec<(Id, Fate)> = from
            .depends
            .iter()
            .filter(|(id, on)| touched(on) && fates.of(id) == Some(&Fate::Stay))
            .filter_map(|(id, on)| Some((id.clone(), consequence(id, on, from, to, fates)?)))
            .collect();
        if hit.is_empty() {
            return;
        }
        for (id, fate) in hit {
            fates.changes.remove(&id);
            fates.by_id.insert(id, fate);
        }
    }
}

/// What does not stay as it is.
fn moved(fates: &Fates) -> HashSet<&Id> {
    let replaced = fates.by_id.iter().filter(|(_, fate)| **fate != Fate::Stay);
    replaced
        .map(|(id, _)| id)
        .chain(fates.changes.keys())
        .collect()
}

fn consequence(
    id: &Id,
    on: &BTreeSet<Dependency>,
    from: &Catalog,
    to: &Catalog,
    fates: &Fates,
) -> Option<Fate> {
    let object = from.get(id)?;
    if is_parted(id, object, from, to, fates) {
        return Some(Fate::Replace);
    }
    on.iter()
        .filter(|dependency| dependency.certainty < Certainty::InBody && dependency.on != *id)
        .find_map(|dependency| with_model!(&object.body, model => fallout(model, id, dependency, to, fates)))
}

/// Whether two columns that the object compares both get another type, one after the other.
fn is_parted(id: &Id, object: &Object, from: &Catalog, to: &Catalog, fates: &Fates) -> bool {
    let at = Site {
        id,
        object,
        from,
        to,
    };
    let is_retyped = |(id, column): &(Id, String)| {
        let changes = fates.changes.get(id).into_iter().flatten();
        let mut changes = changes.filter(|change| change.effect == Effect::Retypes);
        changes.any(|change| change.part.as_ref() == Some(column))
    };
    let pairs = with_model!(&object.body, model => Diff::compares(model, &at));
    pairs.iter().any(|pair| pair.iter().all(is_retyped))
}

/// Whether the object is tied to something, and is to be let loose.
fn is_let_loose(id: &Id, on: &Id, to: &Catalog) -> bool {
    to.get(id)
        .is_some_and(|new| with_model!(&new.body, model => !Diff::ties(model, id).contains(on)))
}

/// Whether another column, or none, is to own the object.
fn leaves_column(id: &Id, column: Option<&str>, to: &Catalog) -> bool {
    let owner = |new: &Object| with_model!(&new.body, model => Diff::owned_by(model).map(|(_, column)| column.to_owned()));
    to.get(id)
        .is_some_and(|new| owner(new).as_deref() != column)
}

/// What one dependency does to an object that would stay.
fn fallout<M: Diff>(
    model: &M,
    id: &Id,
    dependency: &Dependency,
    to: &Catalog,
    fates: &Fates,
) -> Option<Fate> {
    let tied = model.ties(id).contains(&dependency.on);
    // What changes lets go of what goes; a constraint can't.
    let lets_go_by_change = fates.changes.contains_key(id) && M::KIND != Kind::Constraint;
    let let_loose = tied && is_let_loose(id, &dependency.on, to);
    match fates.of(&dependency.on)? {
        Fate::Replace if !let_loose && falls(model, id, &dependency.on, None) => {
            Some(Fate::Replace)
        }
        Fate::Replace if !tied && !model.survives_replacement(&dependency.on) => {
            Some(Fate::Replace)
        }
        Fate::Swap if !model.survives_replacement(&dependency.on) => Some(swapped_along(model)),
        Fate::Drop if !tied && !lets_go_by_change => {
            let lets_go = model.survives_replacement(&dependency.on);
            (!lets_go && !still_uses(id, &dependency.on, to)).then(|| swapped_along(model))
        }
        Fate::Stay
            if !(let_loose || tied && leaves_column(id, dependency.column.as_deref(), to)) =>
        {
            columns_fallout(model, dependency, fates)
        }
        _ => None,
    }
}

/// A type that is made of a swapped one, or of one that goes, is swapped too: columns may be of it.
fn swapped_along<M: Diff>(_: &M) -> Fate {
    if M::KIND.is_type() {
        Fate::Swap
    } else {
        Fate::Replace
    }
}

fn still_uses(id: &Id, on: &Id, to: &Catalog) -> bool {
    to.depends
        .get(id)
        .is_some_and(|all| all.iter().any(|dependency| dependency.on == *on))
}

fn falls<M: Diff>(model: &M, id: &Id, with: &Id, column: Option<&str>) -> bool {
    model
        .falls_with(id)
        .iter()
        .any(|(owner, part)| owner == with && part.as_deref() == column)
}

fn columns_fallout<M: Diff>(model: &M, dependency: &Dependency, fates: &Fates) -> Option<Fate> {
    let column = dependency.column.as_deref()?;
    let changes = fates.changes.get(&dependency.on)?;
    let hit = changes.iter().any(|change| {
        change.part.as_deref() == Some(column)
            && match change.effect {
                Effect::Drops => true,
                Effect::Retypes => !model.survives_retyping(),
                Effect::None | Effect::Adds | Effect::Moves => false,
            }
    });
    hit.then_some(Fate::Replace)
}

/// What changes a column changes those of the heirs too. Returns whether that is more than was known.
fn pass_on(from: &Catalog, to: &Catalog, fates: &mut Fates) -> bool {
    let mut grown = false;
    for (id, new) in to.objects.iter().filter(|(id, _)| id.kind.is_relation()) {
        let (Some(Fate::Stay), Some(old)) = (fates.of(id), from.get(id)) else {
            continue;
        };
        let left = with_model!(&old.body, model => Diff::parents(model));
        let mut parents = with_model!(&new.body, model => Diff::parents(model));
        parents.retain(|parent| left.contains(parent));
        let of_parents = parents
            .iter()
            .filter_map(|parent| fates.changes.get(parent));
        let more: Vec<Change> = of_parents
            .flatten()
            .filter(|change| follows(old, new, change))
            .map(|change| change.passed_on(id))
            .collect();
        for change in more {
            grown |= insert(fates.changes.entry(id.clone()).or_default(), change);
        }
    }
    grown
}

fn follows(old: &Object, new: &Object, change: &Change) -> bool {
    let there = match change.effect {
        Effect::None | Effect::Moves => return false,
        Effect::Adds => new,
        Effect::Drops | Effect::Retypes => old,
    };
    let part = change.part.as_deref();
    part.is_some_and(
        |part| with_model!(&there.body, model => Diff::follows(model, part, change.effect)),
    )
}

/// Adds what another object's change does to the part: after what lets go of it, before all else.
/// Returns whether it is new.
fn insert(changes: &mut Vec<Change>, change: Change) -> bool {
    let same = |other: &Change| other.part == change.part;
    let known =
        |other: &Change| same(other) && other.done_by.is_some() && other.effect == change.effect;
    if changes.iter().any(known) {
        return false;
    }
    let computed = |other: &Change| change.effect == Effect::Retypes && other.frees_computed();
    let releases =
        |other: &Change| other.stage == Stage::Releases && (same(other) || computed(other));
    let at = match changes.iter().rposition(releases) {
        Some(last) => last + 1,
        None => changes.iter().position(same).unwrap_or(changes.len()),
    };
    changes.insert(at, change);
    true
}

/// Objects that stay although something they use is replaced, or dropped in favour of something of the same name, let go of
/// it and take hold of the new one.
/// Returns whether that changes more than was known.
fn regrasp(from: &Catalog, to: &Catalog, fates: &mut Fates) -> bool {
    let mut grown = false;
    if !fates.by_id.keys().any(|id| fates.goes(id)) {
        return false;
    }
    for (id, new) in &to.objects {
        let (Some(fate @ (Fate::Stay | Fate::Swap)), Some(old)) = (fates.of(id), from.get(id))
        else {
            continue;
        };
        // What makes way only lets go of what can't be there twice.
        let swapped = *fate == Fate::Swap;
        let replaced: Vec<&Id> = from
            .depends
            .get(id)
            .into_iter()
            .flatten()
            .chain(to.depends.get(id).into_iter().flatten())
            .map(|dependency| &dependency.on)
            .filter(|on| fates.goes(on) && (!swapped || fates.of(on) == Some(&Fate::Replace)))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        if replaced.is_empty() {
            continue;
        }
        let at = Site {
            id,
            object: new,
            from,
            to,
        };
        let (mut more, makes_way) = with_model!(&old.body, model => match crate::kinds::Model::from_body(&new.body) {
            Some(new) => (
                Diff::regrasp(model, new, &replaced, &at),
                Diff::makes_way(model, new, &replaced, &at),
            ),
            None => (Vec::new(), false),
        });
        if makes_way && !swapped {
            fates.changes.remove(id);
            fates.by_id.insert(id.clone(), Fate::Swap);
            grown = true;
            continue;
        }
        more.retain(|change| change.stage == Stage::Releases || !swapped);
        if !more.is_empty() {
            grown |= merge(fates.changes.entry(id.clone()).or_default(), more);
        }
    }
    grown
}

/// Adds in front what lets go and at the end what takes hold, in place of what is done anyway. Returns whether that is more.
fn merge(changes: &mut Vec<Change>, more: Vec<Change>) -> bool {
    let before = changes.len();
    for change in more {
        // What goes is not changed.
        let goes = change.effect == Effect::Drops;
        changes.retain(|other| other.part != change.part || !goes && other.action != change.action);
        if change.stage == Stage::Releases {
            changes.insert(0, change);
        } else {
            // It is as it should be before it joins a parent, and has a toast table before that has options.
            let waits = |other: &Change| {
                let joins = other.stage == Stage::Claims && !other.needs.is_empty();
                other.part.is_none() && (joins || other.action == "set_options")
            };
            let at = changes.iter().position(waits).unwrap_or(changes.len());
            changes.insert(at, change);
        }
    }
    changes.len() > before
}
