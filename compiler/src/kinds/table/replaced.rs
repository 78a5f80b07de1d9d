//! Rows with enum labels that are gone: which labels they get.

use std::collections::BTreeSet;

use super::Table;
use super::diff::is_of_type;
use crate::catalog::{Catalog, Certainty, Id};
use crate::kinds::domain::Domain;
use crate::kinds::{Kind, Model};
use crate::plan::Site;
use crate::sql::TypeName;

/// A label that is gone, and the one in its place.
#[derive(serde::Serialize)]
pub(super) struct Replaced<'a> {
    from: &'a str,
    to: &'a str,
}

/// The labels that values lose on the way from one type to another: those of the enum, also below a domain.
pub(super) fn labels<'a>(old: &str, new: &str, at: &Site<'a>) -> Vec<Replaced<'a>> {
    let id = enum_of(new, at.to);
    if id.is_none() || id != enum_of(old, at.from) || is_array(old) != is_array(new) {
        return Vec::new();
    }
    let stated = at.to.replaced.iter();
    let stated = stated.filter(|stated| Some(&stated.id) == id.as_ref());
    stated
        .filter_map(|stated| {
            Some(Replaced {
                from: &stated.from,
                to: stated.part.as_deref()?,
            })
        })
        .collect()
}

fn enum_of(data_type: &str, catalog: &Catalog) -> Option<Id> {
    if let Some(domain) = named(data_type, Kind::Domain, catalog) {
        let domain = Domain::from_body(&catalog.get(&domain)?.body)?;
        return enum_of(&domain.data_type, catalog);
    }
    named(data_type, Kind::Enum, catalog)
}

/// The type of that kind that a column's type names, with or without an array around it.
pub(super) fn named(data_type: &str, kind: Kind, catalog: &Catalog) -> Option<Id> {
    let name = TypeName::parse(data_type).ok()?;
    let meant = catalog.qualified(&name);
    let id = Id::new(kind, meant.schema, meant.name);
    catalog.get(&id).map(|_| id)
}

/// The columns whose type is that one, or is made of it.
pub(crate) fn columns_of(id: &Id, catalog: &Catalog) -> BTreeSet<(Id, String)> {
    let types = made_of(id, catalog);
    let is_made_of = |data_type: &str| types.iter().any(|id| is_of_type(data_type, id, catalog));
    let columns = catalog.of::<Table>().flat_map(|(id, table, _)| {
        let found = table.columns.iter();
        found
            .filter(|column| is_made_of(&column.data_type))
            .map(|column| (id.clone(), column.name.clone()))
    });
    columns.collect()
}

/// The type, and the types that have it inside.
fn made_of<'a>(id: &'a Id, catalog: &'a Catalog) -> BTreeSet<&'a Id> {
    let (mut types, mut left) = (BTreeSet::from([id]), vec![id]);
    while let Some(inner) = left.pop() {
        let users = catalog.depends.iter().filter(|(user, on)| {
            let has = |one: &crate::catalog::Dependency| {
                one.on == *inner && one.certainty == Certainty::Certain
            };
            user.kind.is_type() && on.iter().any(has)
        });
        left.extend(
            users
                .map(|(user, _)| user)
                .filter(|user| types.insert(*user)),
        );
    }
    types
}

/// Whether a type is an array.
pub(super) fn is_array(data_type: &str) -> bool {
    TypeName::parse(data_type).is_ok_and(|name| name.array)
}
