//! `[collations]` of `spec/database.toml`.

use super::Collation;
use crate::catalog::Id;
use crate::kinds::Kind;
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::Value;

/// A collation.
pub static COLLATION: Keys = Keys {
    title: "collation",
    doc: "Under its name; one outside the default schema is `\"schema.name\"`.",
    keys: &[
        required(
            "provider",
            Form::Choice(&["libc", "icu", "builtin"]),
            "Where it comes from.",
            "\"icu\"",
        ),
        key("locale", Form::Text, "The locale.", "\"de-u-co-phonebk\""),
        key(
            "lc_collate",
            Form::Text,
            "For libc: the order, where it is another locale than that of `lc_ctype`.",
            "\"de_DE.utf8\"",
        ),
        key(
            "lc_ctype",
            Form::Text,
            "For libc: the classes of characters.",
            "\"C\"",
        ),
        key(
            "rules",
            Form::Text,
            "ICU rules on top of the locale.",
            "\"& a < b\"",
        )
        .since(16),
        key(
            "nondeterministic",
            Form::Boolean,
            "`DETERMINISTIC = false`: different texts can be equal.",
            "true",
        ),
    ],
    shared: &[&common::COMMENT, &common::OWNER, &common::RENAMED],
    instead: &[],
};

/// Reads the collations.
pub fn read<'t>(reader: &mut Reader<'t>, database: Value<'t>) {
    for (name, said) in database.entries_of("collations") {
        let collation = Collation {
            provider: said.text("provider").unwrap_or_default(),
            locale: said.text("locale"),
            lc_collate: said.text("lc_collate"),
            lc_ctype: said.text("lc_ctype"),
            rules: said.text("rules"),
            nondeterministic: said.flag("nondeterministic"),
        };
        let own = reader.resolve(name.as_str());
        let object = common::object(reader, said, collation);
        reader.declare_named(
            Id::new(Kind::Collation, own.schema, own.name),
            name,
            said,
            object,
        );
    }
}
