//! What goes and what comes are so alike that a rename may have been meant: said, never acted on.

use std::collections::BTreeSet;

use minijinja::Value;
use minijinja::value::ValueKind;

use super::Note;
use super::diff::value;
use super::fate::{Fate, Fates};
use crate::catalog::{Catalog, Id, Object};
use crate::kinds::Kind;
use crate::sql::{mentions, same_text};

/// A hint for each object or column that goes where exactly one comes that is alike, and the other way round.
pub(super) fn likely_renames(from: &Catalog, to: &Catalog, fates: &Fates) -> Vec<Note> {
    let with_fate = |wanted: Fate| {
        let all = fates.by_id.iter();
        let ids: Vec<&Id> = all
            .filter(|(_, fate)| **fate == wanted)
            .map(|(id, _)| id)
            .collect();
        ids
    };
    let candidates = |wanted: Fate, catalog| -> Vec<Candidate> {
        let all = with_fate(wanted).into_iter();
        all.filter_map(|id| Candidate::of(id, catalog)).collect()
    };
    let gone = candidates(Fate::Drop, from);
    let come = candidates(Fate::Create, to);
    let objects = pairs(&gone, &come, Candidate::is_alike).into_iter();
    let objects = objects.map(|(old, new)| Note::LikelyRename {
        id: new.id.clone(),
        part: None,
        from: bare(old.id).to_owned(),
    });
    let staying = with_fate(Fate::Stay).into_iter();
    objects
        .chain(staying.flat_map(|id| columns(id, from, to)))
        .collect()
}

/// An object that goes or comes.
struct Candidate<'a> {
    id: &'a Id,
    /// What no two that are alike differ in, which tells most of the others at once.
    shape: String,
    body: Value,
    /// What a schema has in it.
    contents: BTreeSet<(Kind, &'a str, &'a str)>,
}

impl<'a> Candidate<'a> {
    fn of(id: &'a Id, catalog: &'a Catalog) -> Option<Self> {
        let object = catalog.get(id).filter(|_| can_be_renamed(id.kind))?;
        let columns = (id.kind == Kind::Table).then(|| parts(object));
        let columns = columns.into_iter().flatten().map(|(name, _)| name);
        let columns: Vec<String> = columns.collect();
        let contents = (id.kind == Kind::Schema).then(|| contents(id, catalog));
        Some(Self {
            id,
            shape: format!("{:?}", (id.kind, &id.schema, &id.parent, columns)),
            body: value(&object.body),
            contents: contents.unwrap_or_default(),
        })
    }

    fn is_alike(&self, new: &Self) -> bool {
        self.shape == new.shape
            && match self.id.kind {
                Kind::Schema => !self.contents.is_empty() && self.contents == new.contents,
                _ => is_alike(&self.body, &new.body),
            }
    }
}

fn columns(id: &Id, from: &Catalog, to: &Catalog) -> Vec<Note> {
    let (Some(old), Some(new)) = (from.get(id), to.get(id)) else {
        return Vec::new();
    };
    let (old_parts, new_parts) = (parts(old), parts(new));
    let missing = |all: &[(String, Value)], other: &[(String, Value)]| -> Vec<(String, Value)> {
        let named = |name: &str| other.iter().any(|(known, _)| known == name);
        all.iter()
            .filter(|(name, _)| !named(name))
            .cloned()
            .collect()
    };
    let gone = missing(&old_parts, &new_parts);
    let come = missing(&new_parts, &old_parts);
    let alike = |old: &(String, Value), new: &(String, Value)| is_alike(&old.1, &new.1);
    let notes = pairs(&gone, &come, alike).into_iter();
    notes
        .map(|((from, _), (part, _))| Note::LikelyRename {
            id: id.clone(),
            part: Some(part.clone()),
            from: from.clone(),
        })
        .collect()
}

/// Columns and attributes with what they are, but for their names and comments.
fn parts(object: &Object) -> Vec<(String, Value)> {
    let body = value(&object.body);
    let lists = ["table", "composite"].into_iter().filter_map(|kind| {
        let body = body.get_attr(kind).ok()?;
        ["columns", "attributes"].into_iter().find_map(|list| {
            let list = body.get_attr(list).ok().filter(|list| !list.is_undefined());
            list?.try_iter().ok()
        })
    });
    lists
        .flatten()
        .filter_map(|part| {
            let name = part.get_attr("name").ok()?.as_str()?.to_owned();
            Some((name, part))
        })
        .collect()
}

/// The pairs of which each has no other partner.
fn pairs<'a, T>(
    gone: &'a [T],
    come: &'a [T],
    alike: impl Fn(&T, &T) -> bool,
) -> Vec<(&'a T, &'a T)> {
    let partner = |old: &'a T| {
        let new = only(come.iter().filter(|new| alike(old, new)))?;
        only(gone.iter().filter(|old| alike(old, new)))?;
        Some((old, new))
    };
    gone.iter().filter_map(partner).collect()
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let one = found.next()?;
    found.next().is_none().then_some(one)
}

fn contents<'a>(schema: &Id, catalog: &'a Catalog) -> BTreeSet<(Kind, &'a str, &'a str)> {
    let all = catalog.objects.keys();
    all.filter(|id| id.schema == schema.name)
        .map(|id| (id.kind, id.parent.as_str(), id.name.as_str()))
        .collect()
}

fn can_be_renamed(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Role | Kind::Extension | Kind::DefaultPrivileges | Kind::Raw
    )
}

/// The names in a list: a table with other columns is another table.
fn names(list: &[Value]) -> Vec<Option<String>> {
    let name = |item: &Value| Some(item.get_attr("name").ok()?.as_str()?.to_owned());
    list.iter().map(name).collect()
}

/// The same but for its name, comments and how SQL is written.
fn is_alike(old: &Value, new: &Value) -> bool {
    match (old.kind(), new.kind()) {
        (ValueKind::Map, ValueKind::Map) => {
            let keys = |map: &Value| -> BTreeSet<String> {
                let keys = map.try_iter().into_iter().flatten();
                keys.filter_map(|key| key.as_str().map(str::to_owned))
                    .filter(|key| !matches!(key.as_str(), "name" | "comment" | "privileges"))
                    .collect()
            };
            let (ours, theirs) = (keys(old), keys(new));
            let both = |key: &String| match (old.get_attr(key), new.get_attr(key)) {
                (Ok(old), Ok(new)) => is_alike(&old, &new),
                _ => false,
            };
            // What nobody has said of a view's columns is not there.
            let differing = ours.symmetric_difference(&theirs);
            let said_alike = differing.into_iter().all(|key| key == "columns");
            said_alike && ours.intersection(&theirs).all(both)
        }
        (ValueKind::Seq, ValueKind::Seq) => {
            let items = |list: &Value| list.try_iter().into_iter().flatten().collect::<Vec<_>>();
            let (old, new) = (items(old), items(new));
            names(&old) == names(&new) && old.iter().zip(&new).all(|(old, new)| is_alike(old, new))
        }
        _ if old.is_safe() && new.is_safe() => {
            let (old, new) = (
                old.as_str().unwrap_or_default(),
                new.as_str().unwrap_or_default(),
            );
            let words =
                |text| -> BTreeSet<String> { mentions(text).names().map(str::to_owned).collect() };
            same_text(old, new) || words(old) == words(new)
        }
        _ => old == new,
    }
}

fn bare(id: &Id) -> &str {
    id.name.split('(').next().unwrap_or_default()
}
