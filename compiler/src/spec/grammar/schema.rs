//! The JSON schema of all spec files, for editors: `#:schema ../../tablec.schema.json`.

use serde_json::{Map, Value as Json, json};

use super::{Form, Key, Keys, reference};
use crate::render::MARK;
use crate::spec::folders::{DATABASE, FOLDERS};
use crate::spec::project::PROJECT;

/// Keys that only one sort of file has, and that sort; a file with none of them is a table.
const MARKERS: &[(&[&str], &str)] = &[
    (&["postgresql", "rust", "default_schema"], "project"),
    (
        &[
            "schemas",
            "roles",
            "extensions",
            "collations",
            "default_privileges",
            "publications",
            "event_triggers",
        ],
        "database",
    ),
    (&["enum"], "enum"),
    (&["domain"], "domain"),
    (&["attributes"], "composite type"),
    (&["range"], "range type"),
    (&["overloads"], "list of overloads"),
    (&["aggregate"], "aggregate"),
    (&["language", "returns", "procedure"], "function"),
    (&["materialized"], "materialized view"),
    (&["query"], "view"),
    (&["identity", "create"], "raw object"),
    (
        &[
            "start",
            "increment",
            "min",
            "max",
            "cache",
            "cycle",
            "owned_by",
        ],
        "sequence",
    ),
];

/// The schema as text.
pub fn text() -> String {
    let mut sections: Vec<&'static Keys> = Vec::new();
    reference::collect(&Form::Object(&PROJECT), &mut sections);
    reference::collect(&Form::Object(&DATABASE), &mut sections);
    for folder in FOLDERS {
        reference::collect(&folder.form, &mut sections);
    }
    sections.push(&super::check::VALUE);
    let definitions: Map<String, Json> = sections
        .iter()
        .map(|keys| (slug(keys.title), object(keys)))
        .collect();
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": format!("{MARK} from the keys of the spec language."),
        "title": "tablec",
        "description": "A file of a tablec project.",
    });
    if let (Json::Object(schema), Json::Object(root)) = (&mut schema, root()) {
        schema.extend(root);
        schema.insert("definitions".to_owned(), Json::Object(definitions));
    }
    format!("{schema:#}\n")
}

/// Which definition a file has to meet, by the keys that it has.
fn root() -> Json {
    MARKERS
        .iter()
        .rev()
        .fold(reference_to("table"), |otherwise, (markers, title)| {
            let any: Vec<Json> = markers
                .iter()
                .map(|marker| json!({ "required": [marker] }))
                .collect();
            json!({ "if": { "anyOf": any }, "then": reference_to(title), "else": otherwise })
        })
}

fn object(keys: &Keys) -> Json {
    let mut properties: Map<String, Json> = keys
        .all()
        .into_iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    // The schema's own comment line is no key, but some editors add one.
    properties
        .entry("$schema")
        .or_insert_with(|| json!({ "type": "string" }));
    let required: Vec<&str> = keys
        .all()
        .into_iter()
        .filter(|key| key.required)
        .map(|key| key.name)
        .collect();
    json!({
        "type": "object",
        "description": keys.doc,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(key: &Key) -> Json {
    let mut property = form(&key.form);
    if let Json::Object(property) = &mut property {
        // Next to a reference, draft 7 ignores everything else.
        if let Some(target) = property.remove("$ref") {
            property.insert("allOf".to_owned(), json!([{ "$ref": target }]));
        }
        property.insert(
            "description".to_owned(),
            json!(format!("{}\n\n{} = {}", key.doc, key.name, key.example)),
        );
    }
    property
}

fn form(form: &Form) -> Json {
    match form {
        Form::Text | Form::Name | Form::QName | Form::Type | Form::Sql(_) => {
            json!({ "type": "string" })
        }
        Form::Integer => json!({ "type": "integer" }),
        Form::Number => json!({ "type": "number" }),
        Form::Boolean => json!({ "type": "boolean" }),
        Form::Choice(words) => json!({ "enum": words }),
        Form::Any => json!({}),
        Form::Scalar => json!({ "type": ["string", "number", "boolean"] }),
        Form::Value => {
            json!({ "anyOf": [{ "type": ["string", "number", "boolean", "array"] }, reference_to(super::check::VALUE.title)] })
        }
        Form::List(item) => json!({ "type": "array", "items": self::form(item) }),
        Form::Map(item) => json!({ "type": "object", "additionalProperties": self::form(item) }),
        Form::Object(keys) => reference_to(keys.title),
        Form::Variants(variants) => {
            let all: Vec<Json> = variants
                .iter()
                .map(|(_, keys)| reference_to(keys.title))
                .collect();
            json!({ "anyOf": all })
        }
        Form::Either(short, long) => json!({ "anyOf": [self::form(short), self::form(long)] }),
    }
}

fn reference_to(title: &str) -> Json {
    json!({ "$ref": format!("#/definitions/{}", slug(title)) })
}

fn slug(title: &str) -> String {
    title.to_lowercase().replace([' ', '\''], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        let schema: Json = serde_json::from_str(&text()).unwrap_or_default();
        let text = text();
        let targets = text.match_indices("\"#/definitions/").map(|(at, found)| {
            text[at + found.len()..]
                .split('"')
                .next()
                .unwrap_or_default()
        });
        for target in targets {
            assert!(schema["definitions"].get(target).is_some(), "{target}");
        }
    }

    #[test]
    fn titles_name_one_table_of_keys() {
        let mut sections = Vec::new();
        for folder in FOLDERS {
            reference::collect(&folder.form, &mut sections);
        }
        reference::collect(&Form::Object(&DATABASE), &mut sections);
        for (at, keys) in sections.iter().enumerate() {
            let same = sections[at + 1..]
                .iter()
                .find(|other| other.title == keys.title);
            assert!(same.is_none(), "{} twice", keys.title);
        }
    }
}
