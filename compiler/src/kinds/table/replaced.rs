//! Rows with enum labels that are gone: which labels they get.

use std::collections::BTreeSet;

use super::Table;
use super::diff::is_of_type;
use crate::catalog::{Catalog, Certainty, Id};
use crate::kinds::domain::Domain;
use crate::kinds::{Kind, Model};
use crate::sql::TypeName;

/// A label that is gone, and the one in its place.
#[derive(serde::Serialize)]
pub(super) struct Replaced<'a> {
    from: &'a str,
    to: &'a str,
}

/// The labels that values of a type lose: those of the enum, also below a domain.
pub(super) fn labels<'a>(data_type: &str, to: &'a Catalog) -> Vec<Replaced<'a>> {
    let Ok(name) = TypeName::parse(data_type) else {
        return Vec::new();
    };
    let schema = name.schema.as_ref().unwrap_or(&to.default_schema);
    let domain = to.get(&Id::new(Kind::Domain, schema, &name.name));
    if let Some(domain) = domain.and_then(|object| Domain::from_body(&object.body)) {
        return labels(&domain.data_type, to);
    }
    let id = Id::new(Kind::Enum, schema, &name.name);
    let stated = to.replaced.iter().filter(|stated| stated.id == id);
    stated
        .filter_map(|stated| {
            Some(Replaced {
                from: &stated.from,
                to: stated.part.as_deref()?,
            })
        })
        .collect()
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
