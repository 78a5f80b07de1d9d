//! Constraints of a table in TOML.

use crate::catalog::{Id, Object, QName};
use crate::kinds::table::constraint::{
    Action, Check, Constraint, ConstraintRule, Exclusion, ExclusionElement, ForeignKey, Key,
    KeyIndex,
};
use crate::kinds::{Kind, Sql};
use crate::spec::common;
use crate::spec::grammar::{Form, Keys, key, required};
use crate::spec::names;
use crate::spec::reader::Reader;
use crate::spec::value::{Name, Value};
use crate::sql::object_name::{self, IndexPurpose};

const ACTIONS: &[&str] = &[
    "no action",
    "restrict",
    "cascade",
    "set null",
    "set default",
];
/// `ON UPDATE`.
pub const ON_UPDATE: Form = Form::Choice(ACTIONS);
/// `ON DELETE`; `set null (column)` sets only that column.
pub const ON_DELETE: Form = Form::Text;

/// What a constraint that is checked at a certain time can say.
static DEFERRABLE: Keys = Keys {
    title: "constraint",
    doc: "",
    keys: &[
        key(
            "deferrable",
            Form::Boolean,
            "`DEFERRABLE`: a transaction can put the check off to its end.",
            "true",
        ),
        key(
            "initially_deferred",
            Form::Boolean,
            "`INITIALLY DEFERRED`: checked at the end of the transaction unless it says otherwise.",
            "true",
        ),
    ],
    shared: &[],
    instead: &[],
};

/// What can be said of the index behind a constraint.
static KEY_INDEX: Keys = Keys {
    title: "constraint",
    doc: "",
    keys: &[
        key(
            "include",
            Form::NAMES,
            "`INCLUDE`: columns that the index carries along.",
            "[\"title\"]",
        ),
        key(
            "options",
            Form::SETTINGS,
            "Storage parameters of the index.",
            "{ fillfactor = 70 }",
        ),
        key(
            "tablespace",
            Form::Name,
            "The tablespace of the index.",
            "\"fast\"",
        ),
        key(
            "attached_to",
            Form::Text,
            "In a partition: the parent's constraint that it is the part of.",
            "\"audit_log_pkey\"",
        ),
        key(
            "index_comment",
            Form::Text,
            "`COMMENT ON INDEX`; the constraint's own is `comment`.",
            "\"Serves the list of open tasks too.\"",
        ),
    ],
    shared: &[],
    instead: &[],
};

/// The long form of a primary key.
pub static PRIMARY_KEY: Keys = Keys {
    title: "primary key",
    doc: "`primary_key = [\"id\"]`, or this where there is more to say.",
    keys: &[
        key("columns", Form::NAMES, "The columns.", "[\"id\"]"),
        key(
            "name",
            Form::Name,
            "The name, where it is not `<table>_pkey`.",
            "\"tasks_key\"",
        ),
        key(
            "without_overlaps",
            Form::Boolean,
            "`WITHOUT OVERLAPS` on the last column.",
            "true",
        )
        .since(18),
    ],
    shared: &[&KEY_INDEX, &DEFERRABLE, &common::COMMENT, &common::RENAMED],
    instead: &[],
};

/// A unique constraint.
pub static UNIQUE: Keys = Keys {
    title: "unique constraint",
    doc: "Under its name in `[uniques]`. For one column, `unique = true` on the column is shorter.",
    keys: &[
        key(
            "columns",
            Form::NAMES,
            "The columns.",
            "[\"workspace_id\", \"name\"]",
        ),
        key(
            "nulls_not_distinct",
            Form::Boolean,
            "`NULLS NOT DISTINCT`: two nulls are the same.",
            "true",
        )
        .since(15),
        key(
            "without_overlaps",
            Form::Boolean,
            "`WITHOUT OVERLAPS` on the last column.",
            "true",
        )
        .since(18),
    ],
    shared: &[&KEY_INDEX, &DEFERRABLE, &common::COMMENT, &common::RENAMED],
    instead: &[],
};

/// A foreign key.
pub static FOREIGN_KEY: Keys = Keys {
    title: "foreign key",
    doc: "Under its name in `[foreign_keys]`. For one column, `references` on the column is shorter.",
    keys: &[
        required(
            "columns",
            Form::NAMES,
            "The referencing columns.",
            "[\"workspace_id\", \"task_id\"]",
        ),
        required(
            "references",
            Form::QName,
            "The referenced table.",
            "\"tasks\"",
        ),
        key(
            "to",
            Form::NAMES,
            "The referenced columns, where they are not the primary key.",
            "[\"workspace_id\", \"id\"]",
        ),
        key(
            "on_delete",
            ON_DELETE,
            "What happens when the referenced row is deleted: `no action`, `restrict`, `cascade`, `set null`, `set default`; `set null (task_id)` for some of the columns.",
            "\"set null (task_id)\"",
        ),
        key(
            "on_update",
            ON_UPDATE,
            "What happens when the referenced key changes.",
            "\"cascade\"",
        ),
        key(
            "match",
            Form::Choice(&["simple", "full"]),
            "`full`: either all columns are null or none.",
            "\"full\"",
        ),
        key(
            "period",
            Form::Boolean,
            "`PERIOD` on the last column.",
            "true",
        )
        .since(18),
        key(
            "not_valid",
            Form::Boolean,
            "`NOT VALID`: existing rows are not checked.",
            "true",
        ),
        key("not_enforced", Form::Boolean, "`NOT ENFORCED`.", "true").since(18),
    ],
    shared: &[&DEFERRABLE, &common::COMMENT, &common::RENAMED],
    instead: &[
        ("references_columns", "write `to = [\"id\"]`"),
        ("table", "write `references = \"table\"`"),
    ],
};

/// The long form of a check.
pub static CHECK: Keys = Keys {
    title: "check",
    doc: "Under its name in `[checks]`: the expression, or this where there is more to say.",
    keys: &[
        required(
            "expression",
            Form::EXPRESSION,
            "What holds for every row.",
            "\"length(title) > 0\"",
        ),
        key(
            "no_inherit",
            Form::Boolean,
            "`NO INHERIT`: children do not have it.",
            "true",
        ),
        key(
            "not_valid",
            Form::Boolean,
            "`NOT VALID`: existing rows are not checked.",
            "true",
        ),
        key("not_enforced", Form::Boolean, "`NOT ENFORCED`.", "true").since(18),
    ],
    shared: &[&common::COMMENT, &common::RENAMED],
    instead: &[],
};

/// An exclusion constraint.
pub static EXCLUSION: Keys = Keys {
    title: "exclusion constraint",
    doc: "Under its name in `[exclusions]`: no two rows for which all of the operators hold.",
    keys: &[
        key(
            "using",
            Form::Name,
            "The access method of its index; `gist` when it is left out.",
            "\"gist\"",
        ),
        required(
            "elements",
            Form::List(&Form::Object(&ELEMENT)),
            "What is compared, and with which operator.",
            "[{ column = \"room\", with = \"=\" }]",
        ),
        key(
            "where",
            Form::EXPRESSION,
            "Only the rows for which it holds.",
            "\"not cancelled\"",
        ),
    ],
    shared: &[&KEY_INDEX, &DEFERRABLE, &common::COMMENT, &common::RENAMED],
    instead: &[],
};

static ELEMENT: Keys = Keys {
    title: "element of an exclusion constraint",
    doc: "",
    keys: &[required("with", Form::Text, "The operator.", "\"&&\"")],
    shared: &[&super::index::INDEX_KEY],
    instead: &[],
};

/// All constraints that a table declares under their names, and its primary key.
pub fn read<'t>(reader: &mut Reader<'t>, table: &QName, value: Value<'t>) {
    for (section, rule) in SECTIONS {
        let entries: Vec<_> = value.entries_of(section).collect();
        for (name, said) in entries {
            if let Some(rule) = rule(reader, table, said) {
                declare(reader, table, name, said, rule);
            }
        }
    }
    if let Some(said) = value.get("primary_key") {
        primary_key(reader, table, value, said);
    }
}

type ReadRule = fn(&Reader<'_>, &QName, Value<'_>) -> Option<ConstraintRule>;

const SECTIONS: [(&str, ReadRule); 4] = [
    ("uniques", |_, table, said| {
        Some(ConstraintRule::Unique(key_of(table, said)))
    }),
    ("foreign_keys", foreign_key),
    ("checks", |_, _, said| check(said)),
    ("exclusions", |_, table, said| Some(exclusion(table, said))),
];

fn declare<'t>(
    reader: &mut Reader<'t>,
    table: &QName,
    name: Name<'t>,
    said: Value<'t>,
    rule: ConstraintRule,
) {
    let id = Id::part(Kind::Constraint, table, name.as_str());
    let mut object = Object::new(timed(rule, said));
    object.comment = said.text("comment");
    reader.declare_named(id, name, said, object);
}

fn timed(rule: ConstraintRule, said: Value<'_>) -> Constraint {
    Constraint {
        deferrable: said.flag("deferrable") || said.flag("initially_deferred"),
        initially_deferred: said.flag("initially_deferred"),
        not_valid: said.flag("not_valid"),
        not_enforced: said.flag("not_enforced"),
        ..Constraint::new(rule)
    }
}

fn primary_key<'t>(reader: &mut Reader<'t>, table: &QName, value: Value<'t>, said: Value<'t>) {
    let mut key = key_of(table, said);
    if key.columns.is_empty() {
        key.columns = said
            .items()
            .filter_map(|c| c.as_text().map(str::to_owned))
            .collect();
    }
    let name = said.text("name").unwrap_or_else(|| {
        object_name::choose_index_name(&table.name, &[], IndexPurpose::PrimaryKey, |n| {
            super::shorthand::taken(reader, table, n)
        })
    });
    let id = Id::part(Kind::Constraint, table, name);
    let mut object = Object::new(timed(ConstraintRule::PrimaryKey(key), said));
    object.comment = said.text("comment");
    reader.renamed(&id, None, said);
    let place = value
        .key("primary_key")
        .map_or_else(|| said.place(), Name::place);
    reader.declare(id, place, said, object);
}

fn key_of(table: &QName, said: Value<'_>) -> Key {
    Key {
        columns: said.texts("columns"),
        nulls_not_distinct: said.flag("nulls_not_distinct"),
        without_overlaps: said.flag("without_overlaps"),
        index: key_index(table, said),
    }
}

fn key_index(table: &QName, said: Value<'_>) -> KeyIndex {
    KeyIndex {
        include: said.texts("include"),
        options: said.settings("options"),
        tablespace: said.text("tablespace"),
        attached_to: said
            .text("attached_to")
            .map(|name| names::resolve(&name, &table.schema)),
        comment: said.text("index_comment"),
    }
}

fn foreign_key(reader: &Reader<'_>, _: &QName, said: Value<'_>) -> Option<ConstraintRule> {
    let (on_delete, on_delete_columns) = action(said, "on_delete");
    Some(ConstraintRule::ForeignKey(ForeignKey {
        columns: said.texts("columns"),
        references: reader.qname(said, "references")?,
        referenced_columns: said.texts("to"),
        match_full: said.text("match").as_deref() == Some("full"),
        on_update: action(said, "on_update").0,
        on_delete,
        on_delete_columns,
        period: said.flag("period"),
    }))
}

/// An action and, in parentheses, its columns. What is no action is told by the check of foreign keys.
pub fn action(said: Value<'_>, key: &str) -> (Action, Vec<String>) {
    let text = said.text(key).unwrap_or_default();
    parse_action(&text).unwrap_or_default()
}

/// `cascade`, `set null (a, b)`.
pub fn parse_action(text: &str) -> Option<(Action, Vec<String>)> {
    let (word, columns) = match text.split_once('(') {
        Some((word, rest)) => (word.trim(), rest.trim_end().strip_suffix(')')?),
        None => (text.trim(), ""),
    };
    let action = match word {
        "" | "no action" => Action::NoAction,
        "restrict" => Action::Restrict,
        "cascade" => Action::Cascade,
        "set null" => Action::SetNull,
        "set default" => Action::SetDefault,
        _ => return None,
    };
    let columns = columns.split(',').map(str::trim).filter(|c| !c.is_empty());
    Some((action, columns.map(str::to_owned).collect()))
}

fn check(said: Value<'_>) -> Option<ConstraintRule> {
    let text = said
        .as_text()
        .map(str::to_owned)
        .or_else(|| said.text("expression"))?;
    Some(ConstraintRule::Check(Check {
        expression: Sql(text),
        no_inherit: said.flag("no_inherit"),
    }))
}

fn exclusion(table: &QName, said: Value<'_>) -> ConstraintRule {
    let elements = said.items_of("elements").filter_map(|element| {
        Some(ExclusionElement {
            key: super::index::long_key(element)?,
            operator: Sql(element.text("with")?),
        })
    });
    ConstraintRule::Exclusion(Exclusion {
        method: said.text("using").unwrap_or_else(|| "gist".to_owned()),
        elements: elements.collect(),
        predicate: said.text("where").map(Sql),
        index: key_index(table, said),
    })
}
