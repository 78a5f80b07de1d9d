//! `[triggers]` of a table or view in TOML.

use super::{Enabled, Events, Timing, Trigger};
use crate::catalog::{Id, Object, QName};
use crate::diagnostics::Diagnostic;
use crate::kinds::{Kind, Sql};
use crate::spec::common;
use crate::spec::grammar::{Form, Key, Keys, key, required};
use crate::spec::reader::Reader;
use crate::spec::value::{Name, Value};
use crate::sql::tokens::{Token, significant};

/// A trigger.
pub static TRIGGER: Keys = Keys {
    title: "trigger",
    doc: "Under its name in `[triggers]` of its table or view.",
    keys: &[
        required(
            "fires",
            Form::Text,
            "When, and on what: `before`, `after` or `instead of`, then the events.",
            "\"before insert or update of title\"",
        ),
        required(
            "execute",
            Form::QName,
            "The trigger function.",
            "\"touch_updated_at\"",
        ),
        key(
            "for_each",
            Form::Choice(&["row", "statement"]),
            "`statement` when it is left out.",
            "\"row\"",
        ),
        key(
            "when",
            Form::EXPRESSION,
            "Fires only where it holds.",
            "\"old.* is distinct from new.*\"",
        ),
        key(
            "arguments",
            Form::TEXTS,
            "Texts that the function finds in `tg_argv`.",
            "[\"id\"]",
        ),
        key(
            "old_table",
            Form::Name,
            "`REFERENCING OLD TABLE AS`.",
            "\"removed\"",
        ),
        key(
            "new_table",
            Form::Name,
            "`REFERENCING NEW TABLE AS`.",
            "\"added\"",
        ),
        key(
            "constraint",
            Form::Boolean,
            "`CREATE CONSTRAINT TRIGGER`.",
            "true",
        ),
        key(
            "deferrable",
            Form::Boolean,
            "For a constraint trigger: `DEFERRABLE`.",
            "true",
        ),
        key(
            "initially_deferred",
            Form::Boolean,
            "For a constraint trigger: fires at the end of the transaction.",
            "true",
        ),
        key(
            "from_table",
            Form::QName,
            "For a constraint trigger: the other table of the constraint.",
            "\"workspaces\"",
        ),
        ENABLED,
        EQUIVALENT,
    ],
    shared: &[&common::COMMENT, &common::RENAMED],
    instead: &[
        ("function", "write `execute = \"function_name\"`"),
        ("timing", "write `fires = \"before update\"`"),
        ("events", "write `fires = \"before update\"`"),
        ("on", "write `fires = \"before update\"`"),
    ],
};

/// Whether a trigger, rule or event trigger fires.
pub const ENABLED: Key = key(
    "enabled",
    Form::Choice(&["origin", "replica", "always", "disabled"]),
    "In which sessions it fires, if not in ordinary ones (`origin`).",
    "\"always\"",
);

/// Mutants that no test can tell from the original.
pub const EQUIVALENT: Key = key(
    "equivalent",
    Form::Map(&Form::Text),
    "Changes of it that no test could notice, each with the reason.",
    "{ timing = \"An exception undoes the statement in any case.\" }",
);

/// The triggers of a relation.
pub fn read<'t>(reader: &mut Reader<'t>, relation: &QName, value: Value<'t>) {
    let entries: Vec<_> = value.entries_of("triggers").collect();
    for (name, said) in entries {
        trigger(reader, relation, name, said);
    }
}

fn trigger<'t>(
    reader: &mut Reader<'t>,
    relation: &QName,
    name: Name<'t>,
    said: Value<'t>,
) -> Option<()> {
    let (timing, events) = fires(reader, said.get("fires")?)?;
    let trigger = Trigger {
        timing,
        events,
        for_each_row: said.text("for_each").as_deref() == Some("row"),
        when: said.text("when").map(|when| Sql(when.trim().to_owned())),
        function: reader.qname(said, "execute")?,
        arguments: said.texts("arguments"),
        constraint: said.flag("constraint"),
        deferrable: said.flag("deferrable") || said.flag("initially_deferred"),
        initially_deferred: said.flag("initially_deferred"),
        from_table: reader.qname(said, "from_table"),
        old_table: said.text("old_table"),
        new_table: said.text("new_table"),
        enabled: enabled(said),
    };
    let id = Id::part(Kind::Trigger, relation, name.as_str());
    let mut object = Object::new(trigger);
    object.comment = said.text("comment");
    equivalents(reader, &id, said);
    reader.declare_named(id, name, said, object);
    Some(())
}

/// Notes the mutants that are equivalent.
pub fn equivalents(reader: &mut Reader<'_>, id: &Id, said: Value<'_>) {
    let stated = said.settings("equivalent");
    if !stated.is_empty() {
        reader.spec.equivalent.insert(id.clone(), stated);
    }
}

/// `enabled`.
pub fn enabled(said: Value<'_>) -> Enabled {
    match said.text("enabled").as_deref() {
        Some("replica") => Enabled::Replica,
        Some("always") => Enabled::Always,
        Some("disabled") => Enabled::Disabled,
        _ => Enabled::Origin,
    }
}

fn fires(reader: &mut Reader<'_>, said: Value<'_>) -> Option<(Timing, Events)> {
    let text = said.as_text()?;
    let tokens: Vec<Token<'_>> = significant(text).collect();
    match parse(&tokens) {
        Ok(found) => Some(found),
        Err(at) => {
            let range = at.map_or(text.len()..text.len(), Token::range);
            let message = "this does not say when the trigger fires";
            let found = Diagnostic::error("trigger-fires", said.place_within(range), message);
            reader.report(found.help(
                "write `before`, `after` or `instead of`, then events joined by `or`: `insert`, `update`, `update of a, b`, `delete`, `truncate`",
            ));
            None
        }
    }
}

/// `before insert or update of a, b`; the error is the token that should not be there.
fn parse<'a, 's>(tokens: &'a [Token<'s>]) -> Result<(Timing, Events), Option<&'a Token<'s>>> {
    let (timing, mut rest) = match tokens {
        [word, rest @ ..] if word.is_word("before") => (Timing::Before, rest),
        [word, rest @ ..] if word.is_word("after") => (Timing::After, rest),
        [word, of, rest @ ..] if word.is_word("instead") && of.is_word("of") => {
            (Timing::InsteadOf, rest)
        }
        other => return Err(other.first()),
    };
    let mut events = Events::default();
    loop {
        rest = event(rest, &mut events)?;
        match rest {
            [] => return Ok((timing, events)),
            [or, after @ ..] if or.is_word("or") => rest = after,
            [other, ..] => return Err(Some(other)),
        }
    }
}

fn event<'a, 's>(
    tokens: &'a [Token<'s>],
    events: &mut Events,
) -> Result<&'a [Token<'s>], Option<&'a Token<'s>>> {
    let [word, rest @ ..] = tokens else {
        return Err(None);
    };
    match word.text.to_lowercase().as_str() {
        "insert" => events.insert = true,
        "delete" => events.delete = true,
        "truncate" => events.truncate = true,
        "update" => {
            events.update = true;
            if let [of, columns @ ..] = rest
                && of.is_word("of")
            {
                return update_of(columns, events);
            }
        }
        _ => return Err(Some(word)),
    }
    Ok(rest)
}

fn update_of<'a, 's>(
    mut rest: &'a [Token<'s>],
    events: &mut Events,
) -> Result<&'a [Token<'s>], Option<&'a Token<'s>>> {
    loop {
        let [column, after @ ..] = rest else {
            return Err(None);
        };
        let name = column.name().ok_or(Some(column))?;
        events.update_of.push(name.into_owned());
        match after {
            [comma, next @ ..] if comma.text == "," => rest = next,
            _ => return Ok(after),
        }
    }
}
