use std::collections::HashMap;

use crate::catalog::{Catalog, Grant, Id};

use super::Address;

/// One privilege of one role on one object.
#[derive(Clone, Debug)]
pub struct Privilege {
    /// The object.
    pub on: Address,
    /// Whether the object has it by default; otherwise the object has it.
    pub by_default: bool,
    /// The privilege.
    pub grant: Grant,
}

/// What objects have and not by default is granted; what they have by default and not is revoked.
pub(super) fn apply(catalog: &mut Catalog, ids: &HashMap<Address, Id>, all: &[Privilege]) {
    for privilege in all {
        let object = ids
            .get(&privilege.on)
            .and_then(|id| catalog.objects.get_mut(id));
        let Some(object) = object else { continue };
        let (here, there) = if privilege.by_default {
            (
                &mut object.privileges.revoked,
                &mut object.privileges.granted,
            )
        } else {
            (
                &mut object.privileges.granted,
                &mut object.privileges.revoked,
            )
        };
        if !there.remove(&privilege.grant) {
            here.insert(privilege.grant.clone());
        }
    }
}
