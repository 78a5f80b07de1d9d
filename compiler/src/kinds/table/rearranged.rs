//! Values of a composite type whose attributes are others, or stand elsewhere: a cast through text would go by position.

use serde::Serialize;

use super::casts;
use super::diff::is_of_type;
use super::replaced::{is_array, named};
use crate::catalog::{Catalog, Id};
use crate::kinds::composite::{self, Composite};
use crate::kinds::{Kind, Model};
use crate::plan::Site;
use crate::sql::TypeName;

/// What an attribute of the new value is.
#[derive(Serialize)]
pub(super) struct Attribute<'a> {
    name: &'a str,
    /// Whether the old value has it.
    kept: bool,
    /// The types that it is cast to on the way, as those of a column are.
    using: Vec<String>,
}

/// The attributes of the new type, where they are not the old one's in order; and whether some of the old are gone.
pub(super) fn attributes<'a>(
    old: &str,
    new: &str,
    at: &Site<'a>,
) -> Option<(Vec<Attribute<'a>>, bool)> {
    let [old, new] = [model(old, at.from)?, model(new, at.to)?];
    let known = |all: &'a Composite, name: &str| {
        let mut attributes = all.attributes.iter();
        attributes.find(|one| one.name == name)
    };
    let of_new = new.attributes.iter().map(|one| {
        let before = known(old, &one.name);
        let cast = |before: &composite::Attribute| {
            // A type of one's own may be made again in the same plan.
            let is_builtin = TypeName::parse(&one.data_type).is_ok_and(|ty| ty.builtin().is_some());
            let stays = is_builtin && before.data_type == one.data_type;
            (!stays).then(|| casts::explicit(&before.data_type, &one.data_type))
        };
        let using = before.and_then(cast);
        Attribute {
            name: &one.name,
            kept: before.is_some(),
            using: using.unwrap_or_default(),
        }
    });
    let gone = |one: &composite::Attribute| known(new, &one.name).is_none();
    let lost = old.attributes.iter().any(gone);
    are_others(old, new).then(|| (of_new.collect(), lost))
}

/// Whether the names are not the same in order.
fn are_others(old: &Composite, new: &Composite) -> bool {
    let [old, new] = [old, new].map(|all| all.attributes.iter().map(|one| &one.name));
    !old.eq(new)
}

fn model<'a>(data_type: &str, catalog: &'a Catalog) -> Option<&'a Composite> {
    let id = type_id(data_type, catalog)?;
    Composite::from_body(&catalog.get(&id)?.body)
}

fn type_id(data_type: &str, catalog: &Catalog) -> Option<Id> {
    if is_array(data_type) {
        return None;
    }
    named(data_type, Kind::Composite, catalog).or_else(|| {
        let mut all = catalog.of::<Composite>().map(|(id, ..)| id);
        all.find(|id| is_of_type(data_type, id, catalog)).cloned()
    })
}
