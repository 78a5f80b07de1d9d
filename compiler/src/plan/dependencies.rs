//! What a spec's objects depend on: what follows from their structure, and what their texts mention.
//!
//! A live database tells its own (`pg_depend`).

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::diff::{Diff, Use};
use crate::catalog::{Catalog, Certainty, Dependency, Depends, Id, QName};
use crate::kinds::raw::Raw;
use crate::kinds::{Kind, with_model};
use crate::sql::{Mentions, TypeName, mentions};

/// Adds to [`Catalog::depends`] what can be known without a server.
pub fn fill(catalog: &mut Catalog) {
    let found = of(catalog, |_| true, true);
    add(catalog, found);
}

/// What the bodies of routines mention: `pg_depend` knows nothing of a body that is a string.
pub fn of_bodies(catalog: &Catalog) -> Depends {
    of(catalog, |one| matches!(one, Use::Body(_)), false)
}

/// Adds to [`Catalog::depends`].
pub fn add(catalog: &mut Catalog, depends: Depends) {
    for (id, found) in depends {
        catalog.depends.entry(id).or_default().extend(found);
    }
}

fn of(catalog: &Catalog, wanted: impl Fn(&Use) -> bool, schemas: bool) -> Depends {
    let names = Names::new(catalog);
    let mut depends = Depends::new();
    for (id, object) in &catalog.objects {
        let uses = with_model!(&object.body, model => Diff::uses(model, id));
        let mut found: BTreeSet<Dependency> = uses
            .iter()
            .filter(|one| wanted(one))
            .flat_map(|one| names.find(one))
            .collect();
        found.extend(names.schema(id).filter(|_| schemas));
        found.retain(|dependency| dependency.on != *id);
        if !found.is_empty() {
            depends.insert(id.clone(), found);
        }
    }
    depends
}

/// The objects of a catalog by the names that texts use for them.
struct Names<'a> {
    catalog: &'a Catalog,
    /// Everything that can be named, without argument types.
    by_name: HashMap<Cow<'a, str>, Vec<&'a Id>>,
    /// By relation: the sorted columns of each unique key; gathered when they are first asked for.
    keys: OnceCell<HashMap<QName, Vec<Key<'a>>>>,
    /// By what they are written with.
    operators: BTreeMap<&'a str, Vec<&'a Id>>,
    /// By each of their types.
    casts: BTreeMap<Id, Vec<&'a Id>>,
}

/// The sorted columns of a unique key, and what makes them one.
type Key<'a> = (Vec<&'a String>, &'a Id);

impl<'a> Names<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let mut by_name: HashMap<Cow<str>, Vec<&Id>> = HashMap::new();
        for id in catalog.objects.keys() {
            by_name.entry(bare_name(id)).or_default().push(id);
        }
        let mut names = Self {
            catalog,
            by_name,
            keys: OnceCell::new(),
            operators: BTreeMap::new(),
            casts: BTreeMap::new(),
        };
        for (id, raw, _) in catalog.of::<Raw>() {
            names.add_raw(id, raw);
        }
        names
    }

    fn add_raw(&mut self, id: &'a Id, raw: &'a Raw) {
        match raw.kind.as_str() {
            "operator" => {
                let operands = raw.identity.rfind('(').unwrap_or(raw.identity.len());
                let symbol = operators(&raw.identity[..operands]).last();
                self.operators
                    .entry(symbol.unwrap_or_default())
                    .or_default()
                    .push(id);
            }
            "cast" => {
                let types = raw.identity.trim_matches(['(', ')']).split(" AS ");
                for one in types
                    .flat_map(|name| self.type_name(name))
                    .collect::<Vec<_>>()
                {
                    self.casts.entry(one.on).or_default().push(id);
                }
            }
            _ => {}
        }
    }

    fn find(&self, one: &Use) -> Vec<Dependency> {
        match one {
            Use::Object(id) => self
                .catalog
                .get(id)
                .map(|_| certain(id))
                .into_iter()
                .collect(),
            Use::Relation(name, column) => self.relation(name, *column),
            Use::Type(text) => self.type_name(text),
            Use::Routine(name) => self.named(name, Kind::is_routine),
            Use::Key(table, columns) => self.key(table, columns),
            Use::Index(name) => self.index(name),
            Use::Language(name) => self.extension(name),
            Use::Collation(text) => self.collation(text),
            Use::Text(text, relation) => {
                self.mentioned(text, relation.as_ref(), Certainty::Mentioned)
            }
            Use::Body(text) => self.mentioned(text, None, Certainty::InBody),
        }
    }

    fn schema(&self, id: &Id) -> Option<Dependency> {
        let schema = Id::global(Kind::Schema, &*schema(id));
        self.catalog.get(&schema).map(|_| certain(&schema))
    }

    fn named(&self, name: &QName, fits: impl Fn(Kind) -> bool) -> Vec<Dependency> {
        let all = self.by_name.get(name.name.as_str()).into_iter().flatten();
        all.filter(|id| id.schema == name.schema && fits(id.kind))
            .map(|id| certain(id))
            .collect()
    }

    fn relation(&self, name: &QName, column: Option<&str>) -> Vec<Dependency> {
        let mut found = self.named(name, Kind::is_relation);
        for dependency in &mut found {
            dependency.column = column.map(str::to_owned);
        }
        found
    }

    /// The type itself, an array's elements, a table's row type, a range's multirange.
    fn type_name(&self, text: &str) -> Vec<Dependency> {
        let Ok(name) = TypeName::parse(text) else {
            return Vec::new();
        };
        if name.builtin().is_some() {
            return Vec::new();
        }
        self.named(&self.catalog.qualified(&name), |kind| {
            kind.is_type() || kind.is_relation()
        })
    }

    fn key(&self, table: &QName, columns: &[String]) -> Vec<Dependency> {
        let mut wanted: Vec<&String> = columns.iter().collect();
        wanted.sort();
        let keys = self.keys.get_or_init(|| unique_keys(self.catalog));
        let keys = keys.get(table).into_iter().flatten();
        let covers = |(columns, _): &&(Vec<&String>, &Id)| *columns == wanted;
        keys.filter(covers)
            .map(|(_, id)| certain(id))
            .take(1)
            .collect()
    }

    fn index(&self, name: &QName) -> Vec<Dependency> {
        let constraint = |id: &&&Id| id.schema == name.schema && id.kind == Kind::Constraint;
        let found = self.named(name, |kind| kind == Kind::Index);
        if !found.is_empty() {
            return found;
        }
        let all = self.by_name.get(name.name.as_str()).into_iter().flatten();
        all.filter(constraint).map(|id| certain(id)).collect()
    }

    fn extension(&self, language: &str) -> Vec<Dependency> {
        let id = Id::global(Kind::Extension, language);
        self.catalog
            .get(&id)
            .map(|_| certain(&id))
            .into_iter()
            .collect()
    }

    fn collation(&self, text: &str) -> Vec<Dependency> {
        let Ok(name) = TypeName::parse(text) else {
            return Vec::new();
        };
        self.named(&self.catalog.qualified(&name), |kind| {
            kind == Kind::Collation
        })
    }

    /// Every object that a text can mean, with the columns of relations that it can mean.
    fn mentioned(
        &self,
        text: &str,
        relation: Option<&QName>,
        certainty: Certainty,
    ) -> Vec<Dependency> {
        let mentions = mentions(text);
        let own = relation
            .into_iter()
            .flat_map(|name| self.named(name, Kind::is_relation))
            .map(|own| own.on);
        let own: Vec<Id> = own.collect();
        let names: BTreeSet<&str> = mentions
            .names()
            .chain(mentions.pairs().map(|(_, name)| name))
            .collect();
        let candidates = names
            .iter()
            .filter_map(|name| self.by_name.get(*name))
            .flatten()
            .copied();
        let default = &self.catalog.default_schema;
        let meant = candidates.filter(|id| {
            let schema = schema(id);
            id.kind.is_named_in_sql()
                && mentions.object(
                    &schema,
                    &bare_name(id),
                    schema == default.as_str() || schema.is_empty(),
                )
        });
        let mut found = self.operators_meant(text, certainty);
        for id in meant.chain(&own) {
            // Which casts a text means can't be told: those of a type that it names.
            let casts = self.casts.get(id).into_iter().flatten();
            found.extend(casts.map(|cast| Dependency {
                certainty: Certainty::InBody,
                ..certain(cast)
            }));
            let columns = self.columns_meant(id, text, &mentions);
            if columns.is_empty() || !own.contains(id) {
                found.push(Dependency {
                    on: id.clone(),
                    column: None,
                    certainty,
                });
            }
            found.extend(columns.into_iter().map(|column| Dependency {
                on: id.clone(),
                column: Some(column.to_owned()),
                certainty,
            }));
        }
        found
    }

    fn operators_meant(&self, text: &str, certainty: Certainty) -> Vec<Dependency> {
        if self.operators.is_empty() {
            return Vec::new();
        }
        let meant: BTreeSet<&Id> = operators(text)
            .filter_map(|symbol| self.operators.get(symbol))
            .flatten()
            .copied()
            .collect();
        let meant = meant.into_iter().map(|id| Dependency {
            certainty,
            ..certain(id)
        });
        meant.collect()
    }

    fn columns_meant(&self, relation: &Id, text: &str, mentions: &Mentions) -> Vec<&'a str> {
        let parts = match self.catalog.get(relation) {
            Some(object) if relation.kind.is_relation() => {
                with_model!(&object.body, model => Diff::parts(model))
            }
            _ => Vec::new(),
        };
        let all = text.contains('*');
        let second: BTreeSet<&str> = mentions.pairs().map(|(_, column)| column).collect();
        let columns = parts.into_iter().map(|part| part.name);
        columns
            .filter(|column| all || mentions.name(column) || second.contains(column))
            .collect()
    }
}

fn unique_keys(catalog: &Catalog) -> HashMap<QName, Vec<Key<'_>>> {
    let mut keys: HashMap<QName, Vec<Key<'_>>> = HashMap::new();
    for (id, object) in &catalog.objects {
        let key = with_model!(&object.body, model => Diff::unique_key(model, id));
        if let Some((relation, mut key)) = key {
            key.sort_unstable();
            keys.entry(relation).or_default().push((key, id));
        }
    }
    keys
}

/// What can be an operator in a text.
fn operators(text: &str) -> impl Iterator<Item = &str> {
    let all = text.split(|letter| !"+-*/<>=~!@#%^&|`?".contains(letter));
    all.filter(|symbol| !symbol.is_empty())
}

fn certain(id: &Id) -> Dependency {
    Dependency::from(id.clone())
}

/// The name without argument types; of an object kept as SQL the name that is in its identity.
fn bare_name(id: &Id) -> Cow<'_, str> {
    match id.kind {
        Kind::Raw => raw_name(id).1,
        kind if kind.is_routine() => id.name.split('(').next().unwrap_or_default().into(),
        _ => id.name.as_str().into(),
    }
}

fn schema(id: &Id) -> Cow<'_, str> {
    if id.kind == Kind::Raw {
        raw_name(id).0
    } else {
        id.schema.as_str().into()
    }
}

/// Schema and name in `text search configuration public.english USING …`, `server archive`; what is no plain name stays empty.
fn raw_name(id: &Id) -> (Cow<'_, str>, Cow<'_, str>) {
    let words = id
        .name
        .rsplit_once(" USING ")
        .map_or(id.name.as_str(), |(words, _)| words);
    let last = outside_quotes(words, ' ').map_or(words, |at| &words[at + 1..]);
    match outside_quotes(last, '.') {
        Some(at) => (unquoted(&last[..at]), unquoted(&last[at + 1..])),
        None => ("".into(), unquoted(last)),
    }
}

fn unquoted(name: &str) -> Cow<'_, str> {
    let inner = name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'));
    inner.map_or(name.into(), |inner| inner.replace("\"\"", "\"").into())
}

/// Where that letter stands last, quoted names left out.
fn outside_quotes(text: &str, wanted: char) -> Option<usize> {
    let mut quoted = false;
    let mut last = None;
    for (at, letter) in text.char_indices() {
        quoted ^= letter == '"';
        if letter == wanted && !quoted {
            last = Some(at);
        }
    }
    last
}
