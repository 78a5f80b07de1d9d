//! Every kind of object, one folder each, and the list of them.
//!
//! A kind's folder holds what it is (`mod.rs`), how TOML says it (`read.rs`, `write.rs`), how the system
//! catalogs say it (`catalog.sql`), how two of them differ (`diff.rs`). Its statements are in
//! `templates/sql/<kind>/`. The line in [`kinds!`] is the only other place that names it.

use serde::{Deserialize, Serialize};

use crate::catalog::Id;

/// The definition of an object, by kind.
pub trait Model:
    Clone + PartialEq + Serialize + for<'de> Deserialize<'de> + Into<Body> + 'static
{
    /// The kind.
    const KIND: Kind;
    /// The definition in a [`Body`], where it is of this kind.
    fn from_body(body: &Body) -> Option<&Self>;
    /// The same, to be changed.
    fn from_body_mut(body: &mut Body) -> Option<&mut Self>;
}

/// Declares the kinds: the modules, [`Kind`], [`Body`], the conversions, and two macros that expand over the
/// list: `with_model!(body, model => …)` and `for_each_kind!(callback)`.
macro_rules! kinds {
    ($dollar:tt $($variant:ident = $($module:ident)::+, $word:literal;)+) => {
        /// The kinds of objects.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each is documented by its model")]
        pub enum Kind { $($variant),+ }

        impl Kind {
            /// All kinds, in the order of the list.
            pub const ALL: &[Kind] = &[$(Kind::$variant),+];

            /// PostgreSQL's word for it, in lower case: `materialized view`.
            pub fn word(self) -> &'static str {
                match self { $(Kind::$variant => $word),+ }
            }
        }

        /// The definition of an object.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each is documented by its model")]
        pub enum Body { $($variant($($module)::+::$variant)),+ }

        impl Body {
            /// The kind.
            pub fn kind(&self) -> Kind {
                match self { $(Body::$variant(_) => Kind::$variant),+ }
            }
        }

        $(
            impl From<$($module)::+::$variant> for Body {
                fn from(model: $($module)::+::$variant) -> Self { Body::$variant(model) }
            }
            impl Model for $($module)::+::$variant {
                const KIND: Kind = Kind::$variant;
                fn from_body(body: &Body) -> Option<&Self> {
                    match body { Body::$variant(model) => Some(model), _ => None }
                }
                fn from_body_mut(body: &mut Body) -> Option<&mut Self> {
                    match body { Body::$variant(model) => Some(model), _ => None }
                }
            }
        )+

        /// `with_model!(body, model => expression)`: the expression with `model` bound to the definition, whatever its kind.
        #[allow(unused_macros, reason = "as below")]
        macro_rules! with_model {
            ($dollar body:expr, $dollar model:ident => $dollar value:expr) => {
                match $dollar body { $($crate::kinds::Body::$variant($dollar model) => $dollar value),+ }
            };
        }

        /// `for_each_kind!(callback)`: `callback!` with the list of `Variant path::to::Model;`.
        macro_rules! for_each_kind {
            ($dollar callback:ident) => {
                $dollar callback! { $($variant $crate::kinds::$($module)::+::$variant;)+ }
            };
        }

        #[allow(unused_imports, reason = "a list to expand over is there for whoever needs it")]
        pub(crate) use {for_each_kind, with_model};
    };
}

pub mod collation;
pub mod composite;
pub mod default_privileges;
pub mod domain;
pub mod enumeration;
pub mod event_trigger;
pub mod extension;
pub mod function;
pub mod policy;
pub mod publication;
pub mod range;
pub mod raw;
pub mod role;
pub mod rule;
pub mod schema;
pub mod sequence;
pub mod statistics;
pub mod table;
pub mod trigger;
pub mod view;

kinds! { $
    Role = role, "role";
    Schema = schema, "schema";
    Extension = extension, "extension";
    Collation = collation, "collation";
    Enum = enumeration, "enum";
    Domain = domain, "domain";
    Composite = composite, "composite type";
    Range = range, "range type";
    Sequence = sequence, "sequence";
    Function = function, "function";
    Aggregate = function::aggregate, "aggregate";
    Table = table, "table";
    Constraint = table::constraint, "constraint";
    Index = table::index, "index";
    Statistics = statistics, "statistics object";
    View = view, "view";
    MaterializedView = view::materialized, "materialized view";
    Trigger = trigger, "trigger";
    Policy = policy, "policy";
    Rule = rule, "rule";
    EventTrigger = event_trigger, "event trigger";
    Publication = publication, "publication";
    DefaultPrivileges = default_privileges, "default privileges";
    Raw = raw, "object";
}

impl Kind {
    /// The name of the folder of its templates: `materialized_view`.
    pub fn folder(self) -> String {
        let humps = format!("{self:?}");
        let word = |(at, letter): (usize, char)| {
            let gap = (at > 0 && letter.is_uppercase()).then_some('_');
            gap.into_iter().chain(letter.to_lowercase())
        };
        humps.char_indices().flat_map(word).collect()
    }

    /// Whether two objects of these kinds cannot have the same name in one schema (`pg_class`, `pg_type`, `pg_proc`).
    pub fn shares_names_with(self, other: Kind) -> bool {
        let both = |set: &[Kind]| set.contains(&self) && set.contains(&other);
        both(&[
            Kind::Table,
            Kind::View,
            Kind::MaterializedView,
            Kind::Sequence,
            Kind::Index,
            Kind::Composite,
        ]) || both(&[
            Kind::Table,
            Kind::View,
            Kind::MaterializedView,
            Kind::Composite,
            Kind::Enum,
            Kind::Domain,
            Kind::Range,
        ]) || both(&[Kind::Function, Kind::Aggregate])
    }

    /// Whether objects of this kind have columns that queries read.
    pub fn is_relation(self) -> bool {
        matches!(self, Kind::Table | Kind::View | Kind::MaterializedView)
    }

    /// Whether a schema can be built without an object of this kind, save for what depends on that.
    pub fn can_be_left_out(self) -> bool {
        let parts = matches!(
            self,
            Kind::Constraint
                | Kind::Index
                | Kind::Statistics
                | Kind::Trigger
                | Kind::Policy
                | Kind::Rule
        );
        self.is_relation() || self == Kind::Sequence || parts
    }

    /// Whether objects of this kind are called, and told apart by their arguments.
    pub fn is_routine(self) -> bool {
        matches!(self, Kind::Function | Kind::Aggregate)
    }

    /// Whether expressions and queries can name objects of this kind.
    pub fn is_named_in_sql(self) -> bool {
        let others = matches!(self, Kind::Sequence | Kind::Collation | Kind::Raw);
        self.is_relation() || self.is_type() || self.is_routine() || others
    }

    /// Whether objects of this kind say something of all the others, and so are changed after them.
    pub fn speaks_of_others(self) -> bool {
        matches!(
            self,
            Kind::EventTrigger | Kind::Publication | Kind::DefaultPrivileges
        )
    }

    /// Whether an object of this kind takes over the columns of one of the other kind: a partition, an heir.
    pub fn takes_columns_of(self, other: Kind) -> bool {
        self == Kind::Table && matches!(other, Kind::Table | Kind::Composite)
    }

    /// Whether columns can be of objects of this kind.
    pub fn is_type(self) -> bool {
        matches!(
            self,
            Kind::Enum | Kind::Domain | Kind::Composite | Kind::Range
        )
    }

    /// The privileges that everybody has on a new object of this kind (`acldefault`).
    pub fn given_to_public(self) -> &'static [&'static str] {
        match self {
            Kind::Function | Kind::Aggregate => &["execute"],
            Kind::Enum | Kind::Domain | Kind::Composite | Kind::Range => &["usage"],
            _ => &[],
        }
    }

    /// Whether objects of this kind belong to a relation and are named within it.
    pub fn belongs_to_relation(self) -> bool {
        matches!(
            self,
            Kind::Constraint | Kind::Trigger | Kind::Policy | Kind::Rule
        )
    }
}

impl Id {
    /// Whether the two cannot exist at the same time because they would have the same name.
    pub fn clashes_with(&self, other: &Id) -> bool {
        self.schema == other.schema
            && self.name == other.name
            && self.kind.shares_names_with(other.kind)
    }
}

/// SQL text written by an author or printed by PostgreSQL: an expression, a query, a routine's atomic body.
/// It is printed as it is; every other string is quoted.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Sql(pub String);

/// A string; for a template one that may be printed as SQL.
impl Serialize for Sql {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if minijinja::value::serializing_for_value() {
            minijinja::Value::from_safe_string(self.0.clone()).serialize(serializer)
        } else {
            serializer.serialize_str(&self.0)
        }
    }
}

impl From<&str> for Sql {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Sql {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// Storage parameters (`WITH (fillfactor = 70)`), by name; a TOAST parameter's name starts with `toast.`. They keep their
/// order, which a dump shows, and are equal in any order.
pub type Options = indexmap::IndexMap<String, String>;

/// For `skip_serializing_if`: whether a value is its type's default.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The relations that a part can belong to: of the same name, one of them exists.
pub(crate) fn relation_ids(part: &Id) -> impl Iterator<Item = Id> {
    let relations = Kind::ALL.iter().filter(|kind| kind.is_relation());
    relations.map(|kind| Id::new(*kind, &part.schema, &part.parent))
}

/// Whether a text mentions the name of one of the objects, in whatever schema.
pub(crate) fn mentions_any(text: &str, objects: &[&Id]) -> bool {
    let mentions = crate::sql::mentions(text);
    objects.iter().any(|id| {
        let name = id.name.split('(').next().unwrap_or_default();
        // What is kept as SQL has its kind and its schema in its name: `text search configuration public.english`.
        let raw = name.rsplit(' ').next().filter(|_| id.kind == Kind::Raw);
        match raw.and_then(|raw| raw.split_once('.')) {
            Some((schema, name)) => {
                mentions.object(schema.trim_matches('"'), name.trim_matches('"'), true)
            }
            None => mentions.object(&id.schema, name, true),
        }
    })
}

/// Whether an expression has to let go of what goes: it mentions something that is replaced, or it stays and mentions
/// something whose name another object takes over.
pub(crate) fn lets_go(
    old: &Sql,
    new: Option<&Sql>,
    gone: &[&Id],
    to: &crate::catalog::Catalog,
) -> bool {
    let (replaced, dropped): (Vec<&Id>, Vec<&Id>) =
        gone.iter().partition(|id| to.get(id).is_some());
    mentions_any(&old.0, &replaced) || (new == Some(old) && mentions_any(&old.0, &dropped))
}

/// The statement that sets and resets storage parameters; none when they are the same.
pub(crate) fn changed_options(id: &Id, old: &Options, new: &Options) -> Vec<crate::plan::Change> {
    if old == new {
        return Vec::new();
    }
    let (_, reset) = option_changes(old, new);
    let set = options_from(first_moved(old, new), new);
    let mut changes = Vec::new();
    if !set.is_empty() {
        changes.push(crate::plan::Change::new(id, "set_options").with("set", set));
    }
    if !reset.is_empty() {
        changes.push(crate::plan::Change::new(id, "set_options").with("reset", reset));
    }
    changes
}

/// What is set comes last in the list (`transformRelOptions` of `reloptions.c`): where in the new list setting has to begin
/// for it to come out in its order.
fn first_moved(old: &Options, new: &Options) -> usize {
    let stays = |count: &usize| {
        let head = || new.iter().take(*count);
        let kept = old
            .iter()
            .filter(|(name, _)| head().any(|(other, _)| other == *name));
        kept.eq(head())
    };
    (0..=new.len()).rev().find(stays).unwrap_or_default()
}

fn options_from(first: usize, options: &Options) -> indexmap::IndexMap<&String, &String> {
    options.iter().skip(first).collect()
}

/// The options to set, and the names of those to reset.
pub(crate) fn option_changes<'a>(
    old: &'a Options,
    new: &'a Options,
) -> (indexmap::IndexMap<&'a String, &'a String>, Vec<&'a String>) {
    let set = new
        .iter()
        .filter(|(name, value)| old.get(*name) != Some(*value))
        .collect();
    let reset = old.keys().filter(|name| !new.contains_key(*name)).collect();
    (set, reset)
}
