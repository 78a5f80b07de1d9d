//! What a spec says and what a database says, made comparable.
//!
//! PostgreSQL rewrites what it is told. Where the spec's text is not the database's, a shadow database in which the spec was
//! built tells whether they mean the same: where it says what the live one says, they do.
//!
//! The walk knows no kind: it goes over the serialised form of three objects, in which SQL is marked
//! ([`Sql`](crate::kinds::Sql)).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use minijinja::Value;
use minijinja::value::ValueKind;
use rayon::prelude::*;
use serde::Deserialize;

use super::diff::{Diff, value};
use super::fate::are_settled;
use super::{builder, dependencies, part, rename};
use crate::catalog::{Catalog, Id, Object};
use crate::kinds::with_model;
use crate::sql::same_text;

/// What a plan has to reach: the spec, in the live database's words wherever they mean the same.
///
/// Both catalogs are compared as texts first. Only where an object differs, `shadow` is asked for what the spec becomes when
/// a server builds it: the part of the spec first that differs, with all that it needs, and the whole of it where that can't be
/// built. The spec gets its dependencies here, save where nothing differs: then there is nothing to order.
///
/// # Errors
/// Those of `shadow` for the whole spec.
pub fn compare<E>(
    mut spec: Catalog,
    live: &Catalog,
    mut shadow: impl FnMut(&Catalog) -> Result<Catalog, E>,
) -> Result<Catalog, E> {
    let builder = builder::of(&spec, live);
    spec.give_default_privileges("@owner", builder);
    let mut shadow = |part: &Catalog| {
        let mut part = Cow::Borrowed(part);
        if part.default_privileges_of(builder).next().is_some() {
            part.to_mut().give_default_privileges(builder, "@owner");
        }
        shadow(&part)
    };
    // Where another role builds, owners stay.
    let builder = Some(builder).filter(|role| live.role.as_deref() == Some(*role));
    let live = rename::apply(live, &spec).catalog;
    let mut reworded = rewordings(&spec, None, &live, builder);
    exchange(&mut spec, &mut reworded);
    if are_settled(&live, &spec) {
        return Ok(spec);
    }
    let unlike = spec
        .objects
        .iter()
        .filter(|(id, object)| live.get(id) != Some(object));
    let unlike: BTreeSet<Id> = unlike.map(|(id, _)| id.clone()).collect();
    let ask = unlike.iter().any(|id| live.get(id).is_some());
    exchange(&mut spec, &mut reworded);
    dependencies::fill(&mut spec);
    if ask {
        let part = part::to_build(&spec, &live, unlike);
        let built = match shadow(&part) {
            Err(_) if part.objects.len() < spec.objects.len() => shadow(&spec)?,
            built => built?,
        };
        reworded = rewordings(&spec, Some(&built), &live, builder);
        add_what_is_made_along(&mut spec, &built, &live);
    }
    exchange(&mut spec, &mut reworded);
    Ok(spec)
}

/// Swaps objects of a catalog for others of the same identity.
fn exchange(catalog: &mut Catalog, others: &mut BTreeMap<Id, Object>) {
    for (id, other) in others {
        if let Some(object) = catalog.objects.get_mut(id) {
            std::mem::swap(object, other);
        }
    }
}

/// The objects of the spec that can be said in the live database's words, as far as they are known to mean the same.
fn rewordings(
    spec: &Catalog,
    shadow: Option<&Catalog>,
    live: &Catalog,
    builder: Option<&str>,
) -> BTreeMap<Id, Object> {
    let reworded = |(id, said): (&Id, &Object)| {
        let built = shadow.and_then(|shadow| shadow.get(id));
        let forerunner =
            built.and_then(|built| rename::in_the_words_of_its_forerunner(live, spec, id, built));
        let is = forerunner.as_ref().or(live.get(id));
        let builder = builder.filter(|_| builder::owns(id, said));
        let object = (is != Some(said)).then(|| reworded(said, built, is, builder))??;
        Some((id.clone(), object))
    };
    spec.objects.par_iter().filter_map(reworded).collect()
}

fn reworded(
    said: &Object,
    built: Option<&Object>,
    is: Option<&Object>,
    builder: Option<&str>,
) -> Option<Object> {
    let mut object = match is {
        Some(is) if said.is_but_for_its_owner(is) => said.clone(),
        _ => merged(said, built, is)?,
    };
    let unsaid = || Some(builder.unwrap_or(is?.owner.as_ref()?).to_owned());
    object.owner = said.owner.clone().or_else(unsaid);
    Some(object)
}

fn merged(said: &Object, built: Option<&Object>, is: Option<&Object>) -> Option<Object> {
    let unsaid = with_model!(&said.body, model => unsaid(model));
    let merge = Merge {
        unsaid: if built.is_some() { &[] } else { unsaid },
    };
    let [built, is] = [built, is].map(|object| object.map(value));
    let merged = merge.value("", Some(&value(said)), built.as_ref(), is.as_ref())?;
    Object::deserialize(merged).ok()
}

/// What a server makes along, unasked, and what it knows of dependencies.
fn add_what_is_made_along(target: &mut Catalog, shadow: &Catalog, live: &Catalog) {
    for (id, object) in &shadow.objects {
        if live.objects.contains_key(id) && !target.objects.contains_key(id) {
            target.objects.insert(id.clone(), object.clone());
        }
    }
    for (id, on) in &shadow.depends {
        let known = target.depends.entry(id.clone()).or_default();
        known.extend(on.iter().cloned());
    }
}

fn unsaid<M: Diff>(_: &M) -> &'static [&'static str] {
    M::UNSAID
}

/// The walk over what is said, built and there.
struct Merge {
    /// The properties that are whatever they are when nothing is said.
    unsaid: &'static [&'static str],
}

impl Merge {
    /// What is said, built and there, of one property.
    fn value(
        &self,
        key: &str,
        said: Option<&Value>,
        built: Option<&Value>,
        is: Option<&Value>,
    ) -> Option<Value> {
        if said == is || (is.is_some() || said.is_none()) && built.is_some() && built == is {
            return is.cloned();
        }
        match (said, is) {
            (Some(said), Some(is)) if is_text(said) && is_text(is) && same(said, is) => {
                Some(is.clone())
            }
            (Some(said), _) if said.kind() == ValueKind::Map => Some(self.maps(said, built, is)),
            (Some(said), _) if are_named(said) => Some(self.named(said, built, is)),
            (Some(said), _) if said.kind() == ValueKind::Seq => Some(self.lists(said, built, is)),
            (Some(said), _) => Some(said.clone()),
            (None, Some(is)) if self.unsaid.contains(&key) && Self::is_told_by_others(is) => {
                Some(is.clone())
            }
            (None, _) => built.cloned(),
        }
    }

    /// Whether a value, or each thing of a list, holds nothing that somebody has said: a view's columns with no comments.
    fn is_told_by_others(is: &Value) -> bool {
        let keys = |item: &Value| item.try_iter().into_iter().flatten().collect::<Vec<_>>();
        let plain = |item: &Value| {
            keys(item)
                .iter()
                .all(|key| matches!(key.as_str(), Some("name" | "type")))
        };
        is.kind() != ValueKind::Seq
            || is
                .try_iter()
                .is_ok_and(|mut items| items.all(|item| plain(&item)))
    }

    fn maps(&self, said: &Value, built: Option<&Value>, is: Option<&Value>) -> Value {
        let get = |map: Option<&Value>, key: &Value| {
            map.and_then(|map| map.get_item(key).ok())
                .filter(|value| !value.is_undefined())
        };
        let merged = keys([Some(said), built, is]).into_iter().filter_map(|key| {
            let [one, two, three] = [Some(said), built, is].map(|map| get(map, &key));
            let merged = if built.is_some() && is.is_some() && two == three {
                three
            } else {
                let name = key.as_str().unwrap_or_default();
                self.value(name, one.as_ref(), two.as_ref(), three.as_ref())
            };
            Some((key, merged?))
        });
        value(merged.collect::<IndexMap<Value, Value>>())
    }

    fn named(&self, said: &Value, built: Option<&Value>, is: Option<&Value>) -> Value {
        let find = |list: Option<&Value>, wanted: &str| {
            let mut items = list?.try_iter().ok()?;
            items.find(|item| name(item).as_deref() == Some(wanted))
        };
        let items = said.try_iter().into_iter().flatten();
        let merged = items.filter_map(|item| {
            let name = name(&item)?;
            self.value(
                "",
                Some(&item),
                find(built, &name).as_ref(),
                find(is, &name).as_ref(),
            )
        });
        merged.collect::<Vec<Value>>().into()
    }

    /// Other lists (the keys of an index) are the same item by item, where they are equally long.
    fn lists(&self, said: &Value, built: Option<&Value>, is: Option<&Value>) -> Value {
        let length = said.len();
        let list = |list: Option<&Value>| list.filter(|list| list.len() == length).cloned();
        let (built, is) = (list(built), list(is));
        let item = |list: &Option<Value>, at: usize| {
            list.as_ref()
                .and_then(|list| list.get_item_by_index(at).ok())
        };
        let items = said.try_iter().into_iter().flatten().enumerate();
        let merged = items.filter_map(|(at, said)| {
            self.value(
                "",
                Some(&said),
                item(&built, at).as_ref(),
                item(&is, at).as_ref(),
            )
        });
        merged.collect::<Vec<Value>>().into()
    }
}

/// The keys of all maps, those of the first in front.
fn keys(maps: [Option<&Value>; 3]) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let all = maps
        .into_iter()
        .flatten()
        .filter_map(|map| map.try_iter().ok());
    all.flatten()
        .filter(|key| seen.insert(key.clone()))
        .collect()
}

fn is_text(value: &Value) -> bool {
    value.is_safe() && value.as_str().is_some()
}

fn same(a: &Value, b: &Value) -> bool {
    same_text(
        a.as_str().unwrap_or_default(),
        b.as_str().unwrap_or_default(),
    )
}

/// Lists of things with names (columns, checks) are the same thing by thing, whatever their order.
fn are_named(list: &Value) -> bool {
    list.kind() == ValueKind::Seq
        && list.try_iter().is_ok_and(|mut items| {
            items.all(|item| item.kind() == ValueKind::Map && name(&item).is_some())
        })
}

fn name(item: &Value) -> Option<String> {
    let name = item.get_attr("name").ok()?;
    name.as_str()
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[allow(clippy::needless_pass_by_value, reason = "values are written in place")]
    fn merge(
        said: serde_json::Value,
        built: serde_json::Value,
        is: serde_json::Value,
    ) -> serde_json::Value {
        let merge = Merge { unsaid: &[] };
        let merged = merge.value(
            "",
            Some(&value(said)),
            Some(&value(built)),
            Some(&value(is)),
        );
        serde_json::to_value(merged).unwrap()
    }

    #[test]
    fn what_means_the_same_is_said_as_the_database_says_it() {
        let said = json!({ "check": "a in (1, 2)", "default": "1", "storage": "usual" });
        let built = json!({ "check": "(a = ANY (ARRAY[1, 2]))", "default": "1" });
        let is = json!({ "check": "(a = ANY (ARRAY[1, 2]))", "default": "2" });
        let expected = json!({ "check": "(a = ANY (ARRAY[1, 2]))", "default": "1" });
        assert_eq!(merge(said, built, is), expected);
    }

    #[test]
    fn what_a_server_adds_is_taken_over() {
        let (said, built) = (
            json!({ "type": "text" }),
            json!({ "type": "text", "storage": "x" }),
        );
        let is = json!({ "type": "varchar", "storage": "y" });
        assert_eq!(merge(said, built.clone(), is), built);
    }

    #[test]
    fn columns_are_told_by_name_and_keep_the_order_of_the_spec() {
        let column = |name: &str, default: &str| json!({ "name": name, "default": default });
        let said = json!([column("a", "x"), column("b", "y"), column("c", "z")]);
        let built = json!([column("a", "X"), column("b", "Y"), column("c", "Z")]);
        let is = json!([column("b", "Y"), column("a", "X")]);
        assert_eq!(
            merge(said, built, is),
            json!([column("a", "X"), column("b", "Y"), column("c", "z")])
        );
    }

    #[test]
    fn lists_are_told_by_place_where_they_are_as_long() {
        let (said, built) = (json!(["a", "b"]), json!(["A", "B"]));
        assert_eq!(
            merge(said.clone(), built.clone(), json!(["A", "C"])),
            json!(["A", "b"])
        );
        assert_eq!(merge(said.clone(), built, json!(["A"])), said);
    }
}
