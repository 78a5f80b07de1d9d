//! A role of `[roles]`.

use super::Role;
use crate::catalog::Object;
use crate::spec::write::{Table, attributes};

/// What is said of a role.
pub fn write(object: &Object, role: &Role) -> Table {
    let mut table = Table::default();
    attributes(&mut table, object);
    table.flag("login", role.login);
    table.flag("bypass_row_level_security", role.bypass_row_security);
    table.texts("member_of", &role.member_of);
    table
}
