//! Values of a composite type whose attributes are others, or stand elsewhere: a cast through text would go by position.

use serde::Serialize;

use super::Table;
use super::replaced::{columns_of, named};
use crate::catalog::{Catalog, Id};
use crate::kinds::composite::Composite;
use crate::kinds::{Kind, Model};
use crate::plan::Site;

/// What an attribute of the new value is.
#[derive(Serialize)]
pub(super) struct Attribute<'a> {
    name: &'a str,
    /// Whether the old value has it.
    kept: bool,
}

/// The attributes of the new type, where they are not the old one's in order; and whether some of the old are gone.
pub(super) fn attributes<'a>(
    old: &str,
    new: &str,
    at: &Site<'a>,
) -> Option<(Vec<Attribute<'a>>, bool)> {
    let [old, new] = [composite(old, at.from)?, composite(new, at.to)?];
    let known = |all: &Composite, name: &str| all.attributes.iter().any(|one| one.name == name);
    let of_new = new.attributes.iter().map(|one| Attribute {
        name: &one.name,
        kept: known(old, &one.name),
    });
    let lost = old.attributes.iter().any(|one| !known(new, &one.name));
    are_others(old, new).then(|| (of_new.collect(), lost))
}

/// Whether the names are not the same in order.
pub(crate) fn are_others(old: &Composite, new: &Composite) -> bool {
    let [old, new] = [old, new].map(|all| all.attributes.iter().map(|one| &one.name));
    !old.eq(new)
}

/// The columns that stay and have the type inside an array or another type, without a conversion of their own.
pub(crate) fn hidden(id: &Id, at: &Site) -> Vec<(Id, String)> {
    let is_hidden = |(table, column): &(Id, String)| {
        let [old, new] = [at.from, at.to].map(|catalog| {
            let model = Table::find(catalog, &table.qname());
            model.and_then(|model| model.column(column))
        });
        let is_itself =
            old.is_some_and(|old| type_id(&old.data_type, at.from).as_ref() == Some(id));
        new.is_some() && !is_itself && at.to.conversion(table, column).is_none()
    };
    let columns = columns_of(id, at.from).into_iter();
    columns.filter(is_hidden).collect()
}

fn composite<'a>(data_type: &str, catalog: &'a Catalog) -> Option<&'a Composite> {
    let id = type_id(data_type, catalog)?;
    Composite::from_body(&catalog.get(&id)?.body)
}

fn type_id(data_type: &str, catalog: &Catalog) -> Option<Id> {
    named(data_type, Kind::Composite, catalog).filter(|_| !super::replaced::is_array(data_type))
}
