//! The keys that many kinds share: comment, owner, privileges.

use super::grammar::{Form, Keys, key};
use super::privileges;
use super::reader::Reader;
use super::value::Value;
use crate::catalog::Object;
use crate::kinds::Body;

/// What any object can say.
pub static COMMENT: Keys = Keys {
    title: "object",
    doc: "Every object can have a comment.",
    keys: &[key(
        "comment",
        Form::Text,
        "What it is for: `COMMENT ON`.",
        "\"A unit of work.\"",
    )],
    shared: &[],
    instead: &[],
};

/// What an object with a name of its own can say.
pub static RENAMED: Keys = Keys {
    title: "object",
    doc: "Renames are said, never guessed.",
    keys: &[key(
        "renamed_from",
        Form::Text,
        "Its name before this change; consumed by the migration that it produces. From another schema: `schema.name`.",
        "\"old_name\"",
    )],
    shared: &[],
    instead: &[],
};

/// What an object with an owner can say.
pub static OWNER: Keys = Keys {
    title: "object",
    doc: "Without an owner, the role that builds the schema owns it: `diff` and `apply` take that to be the role they connect as, \
          unless another role owns more of what the spec gives no owner; owners stay as they are then.",
    keys: &[key(
        "owner",
        Form::Name,
        "The role that owns it.",
        "\"app_owner\"",
    )],
    shared: &[],
    instead: &[],
};

/// What an object with access privileges can say.
pub static PRIVILEGES: Keys = Keys {
    title: "object",
    doc: "Privileges are said as they differ from what PostgreSQL gives a new object.",
    keys: &[
        key(
            "grants",
            GRANTS,
            "Privileges by role. `public` is everybody, `all` every privilege; `select with grant option`; `{ select = [\"id\"] }` for columns.",
            "{ app = [\"select\", \"insert\"] }",
        ),
        key(
            "revokes",
            GRANTS,
            "Privileges that PostgreSQL gives by default and that are taken away, by role; `@owner` is the owner.",
            "{ public = [\"execute\"] }",
        ),
    ],
    shared: &[],
    instead: &[],
};

/// Privileges by role; a column privilege is a table.
pub const GRANTS: Form = Form::Map(&Form::List(&Form::Either(
    &Form::Text,
    &Form::Map(&Form::NAMES),
)));

/// The object with the attributes that any object can have, as far as they are said.
pub fn object(reader: &mut Reader<'_>, value: Value<'_>, body: impl Into<Body>) -> Object {
    let mut object = Object::new(body);
    object.comment = value.text("comment");
    object.owner = value.text("owner");
    object.privileges = privileges::read(reader, value, object.body.kind());
    object
}
