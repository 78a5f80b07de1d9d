//! A spec made comparable with a live database.
//!
//! PostgreSQL rewrites what it is told, and its own printing is no fixed point. So what differs as text is asked of PostgreSQL
//! itself: the spec is built in a shadow database and read back. Where the shadow says what the live database says, the two mean
//! the same, and the spec is taken to say so too. What is left differs, and keeps the author's words.

use serde_json::{Map, Value};

use crate::catalog::{Catalog, Object};

/// The spec, in the words of `live` wherever both mean the same; `shadow` is what a server made of the spec.
///
/// Objects that the server made of its own accord (the sequence of an identity column) are in the result,
/// and so are the dependencies that it knows.
pub fn reconcile(spec: &Catalog, shadow: &Catalog, live: &Catalog) -> Catalog {
    let mut result = spec.clone();
    for (id, object) in &mut result.objects {
        if let (Some(built), Some(found)) = (shadow.get(id), live.get(id)) {
            *object = reconciled(object, built, found);
        }
    }
    for (id, built) in &shadow.objects {
        result
            .objects
            .entry(id.clone())
            .or_insert_with(|| built.clone());
    }
    for (id, depends) in &shadow.depends {
        result.depends.insert(id.clone(), depends.clone());
    }
    result
}

fn reconciled(spec: &Object, shadow: &Object, live: &Object) -> Object {
    if spec == live {
        return live.clone();
    }
    let [said, built, found] =
        [spec, shadow, live].map(|object| serde_json::to_value(object).unwrap_or_default());
    let merged = merge(Some(&said), Some(&built), Some(&found)).unwrap_or_default();
    // The parts of three objects of one kind make an object of it again, unless the kind was changed: then nothing is taken over.
    serde_json::from_value(merged).unwrap_or_else(|_| spec.clone())
}

/// What the spec says at one place, or what the live database says where the shadow says the same. `None` is a
/// property that is left out.
fn merge(said: Option<&Value>, built: Option<&Value>, found: Option<&Value>) -> Option<Value> {
    if built == found {
        return found.cloned();
    }
    match (said, built, found) {
        (Some(Value::Object(said)), Some(Value::Object(built)), Some(Value::Object(found))) => {
            Some(Value::Object(merge_properties(said, built, found)))
        }
        (Some(Value::Array(said)), Some(Value::Array(built)), Some(Value::Array(found))) => {
            Some(Value::Array(merge_items(said, built, found)))
        }
        _ => said.cloned(),
    }
}

fn merge_properties(
    said: &Map<String, Value>,
    built: &Map<String, Value>,
    found: &Map<String, Value>,
) -> Map<String, Value> {
    let others = found
        .keys()
        .chain(built.keys())
        .filter(|key| !said.contains_key(*key));
    let mut merged = Map::new();
    for key in said.keys().chain(others) {
        if let Some(value) = merge(said.get(key), built.get(key), found.get(key)) {
            merged.insert(key.clone(), value);
        }
    }
    merged
}

/// Items with names (columns, attributes) are told by them, others by their place.
fn merge_items(said: &[Value], built: &[Value], found: &[Value]) -> Vec<Value> {
    let same_length = said.len() == built.len() && said.len() == found.len();
    let item = |(index, item): (usize, &Value)| {
        let (built, found) = match name(item) {
            Some(own) => (with_name(built, own), with_name(found, own)),
            None if same_length => (built.get(index), found.get(index)),
            None => (None, None),
        };
        match (built, found) {
            (Some(built), Some(found)) => {
                merge(Some(item), Some(built), Some(found)).unwrap_or_default()
            }
            _ => item.clone(),
        }
    };
    said.iter().enumerate().map(item).collect()
}

fn name(item: &Value) -> Option<&str> {
    item.get("name")?.as_str().filter(|name| !name.is_empty())
}

fn with_name<'v>(items: &'v [Value], wanted: &str) -> Option<&'v Value> {
    items.iter().find(|item| name(item) == Some(wanted))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[allow(clippy::needless_pass_by_value, reason = "values are written in place")]
    fn merged(said: Value, built: Value, found: Value) -> Value {
        merge(Some(&said), Some(&built), Some(&found)).unwrap()
    }

    #[test]
    fn what_means_the_same_is_said_as_the_database_says_it() {
        let said = json!({ "check": "a in (1, 2)", "default": "1" });
        let built = json!({ "check": "(a = ANY (ARRAY[1, 2]))", "default": "1" });
        let found = json!({ "check": "(a = ANY (ARRAY[1, 2]))", "default": "2" });
        assert_eq!(
            merged(said, built, found),
            json!({ "check": "(a = ANY (ARRAY[1, 2]))", "default": "1" })
        );
    }

    #[test]
    fn what_the_server_adds_on_both_sides_is_no_difference() {
        let (said, built) = (
            json!({ "type": "text" }),
            json!({ "type": "text", "storage": "x" }),
        );
        let found = json!({ "type": "varchar", "storage": "x" });
        assert_eq!(
            merged(said, built, found),
            json!({ "type": "text", "storage": "x" })
        );
    }

    #[test]
    fn columns_are_told_by_name_and_keep_the_order_of_the_spec() {
        let column = |name: &str, default: &str| json!({ "name": name, "default": default });
        let said = json!([column("a", "x"), column("b", "y"), column("c", "z")]);
        let built = json!([column("a", "X"), column("b", "Y"), column("c", "Z")]);
        let found = json!([column("b", "Y"), column("a", "X")]);
        assert_eq!(
            merged(said, built, found),
            json!([column("a", "X"), column("b", "Y"), column("c", "z")])
        );
    }

    #[test]
    fn lists_are_told_by_place_where_they_are_as_long() {
        assert_eq!(
            merged(json!(["a", "b"]), json!(["A", "B"]), json!(["A", "C"])),
            json!(["A", "b"])
        );
        assert_eq!(
            merged(json!(["a", "b"]), json!(["A", "B"]), json!(["A"])),
            json!(["a", "b"])
        );
    }
}
