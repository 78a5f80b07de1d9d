//! What a rename does to the rest of a catalog. The walk knows no kind: it goes over the serialised form, in which SQL is
//! marked and everything else has a key that says what it is.

use indexmap::IndexMap;
use minijinja::Value;
use minijinja::value::ValueKind;
use serde::Deserialize;

use super::super::diff::{Diff, value};
use super::bare;
use crate::catalog::{Dependency, Id, Object, QName};
use crate::kinds::{Kind, with_model};
use crate::sql::{
    RoutineSignature, TypeName, move_identifier, rename_constant, rename_identifier, rename_type,
};

/// One rename.
pub(super) enum Renaming {
    /// Of an object: its name, or its schema. Unqualified names mean the default schema.
    Object { old: Id, new: Id, default: String },
    /// Of a column, attribute, label or check.
    Part { of: Id, old: String, new: String },
}

/// The keys whose strings are types.
const TYPES: [&str; 3] = ["type", "subtype", "returns"];
/// The keys whose names are those of routines.
const ROUTINES: [&str; 4] = ["function", "support", "canonical", "subtype_diff"];
/// The keys whose strings are indexes.
const INDEXES: [&str; 2] = ["index", "clustered_on"];
/// The keys whose strings are columns.
const COLUMNS: [&str; 5] = [
    "column",
    "columns",
    "include",
    "update_of",
    "on_delete_columns",
];

impl Renaming {
    /// Whether an object is the one that is renamed.
    pub fn concerns(&self, id: &Id) -> bool {
        match self {
            Self::Object { old, .. } => id == old,
            Self::Part { of, .. } => id == of,
        }
    }

    /// An identity after the rename.
    pub fn id(&self, id: &Id) -> Id {
        let Self::Object { old, new, .. } = self else {
            return id.clone();
        };
        if id == old {
            return new.clone();
        }
        let mut id = id.clone();
        if old.kind.is_relation() && id.parent == old.name && id.schema == old.schema {
            id.parent.clone_from(&new.name);
            id.schema.clone_from(&new.schema);
        }
        if old.kind == Kind::Schema && id.schema == old.name {
            id.schema.clone_from(&new.name);
        }
        if id.kind.is_routine() {
            id.name = self.signature(&id.name);
        }
        id
    }

    pub fn dependency(&self, dependency: Dependency) -> Dependency {
        let column = match (self, dependency.column) {
            (Self::Part { of, old, new }, Some(column))
                if dependency.on == *of && column == *old =>
            {
                Some(new.clone())
            }
            (_, column) => column,
        };
        Dependency {
            on: self.id(&dependency.on),
            column,
            ..dependency
        }
    }

    /// An object's definition after the rename; its texts too, where it uses what is renamed.
    pub fn object(&self, id: &Id, object: Object, uses: bool) -> Object {
        let walk = Walk {
            renaming: self,
            uses,
            own: self.concerns(id),
            of_relation: self.is_of_relation(id, &object),
            is_schemamate: matches!(self, Self::Object { old, .. } if old.schema == id.schema),
        };
        let rewritten = walk.value("", &value(&object));
        Object::deserialize(rewritten).unwrap_or(object)
    }

    /// Whether it belongs to the relation whose column is renamed.
    fn is_of_relation(&self, id: &Id, object: &Object) -> bool {
        let relation = with_model!(&object.body, model => Diff::stands_with(model, id));
        matches!(self, Self::Part { of, .. } if relation == Some(of.qname()))
    }

    fn signature(&self, name: &str) -> String {
        let Ok(signature) = name.parse::<RoutineSignature>() else {
            return name.to_owned();
        };
        let types: Vec<String> = signature
            .types
            .iter()
            .map(|one| self.type_name("type", &one.to_string()))
            .collect();
        format!(
            "{}({})",
            name.split('(').next().unwrap_or_default(),
            types.join(", ")
        )
    }

    fn type_name(&self, key: &str, text: &str) -> String {
        let (set, of) = match text.split_once(' ') {
            Some((word, rest)) if word.eq_ignore_ascii_case("setof") => ("SETOF ", rest),
            _ => ("", text),
        };
        let (Self::Object { old, new, default }, Ok(mut name)) = (self, TypeName::parse(of)) else {
            return text.to_owned();
        };
        let schema = name.schema.as_ref().unwrap_or(default);
        if old.kind == Kind::Schema && *schema == old.name {
            name.schema = Some(new.name.clone());
        } else if old.kind.is_named_by(key)
            && (name.builtin().is_none() || old.kind == Kind::Collation)
            && (schema, &name.name) == (&old.schema, &old.name)
        {
            name.name.clone_from(&new.name);
            name.schema = Some(new.schema.clone()).filter(|schema| schema != default);
        } else {
            return text.to_owned();
        }
        format!("{set}{name}")
    }

    fn text(&self, text: &str) -> String {
        match self {
            Self::Object { old, new, .. } if old.kind == Kind::Schema => {
                rename_identifier(text, None, &old.name, &new.name)
            }
            Self::Object { old, new, default } if old.schema != new.schema => {
                move_identifier(text, default, bare(old), &old.schema, &new.schema)
            }
            Self::Object { old, new, .. } if old.kind.is_type() => {
                rename_type(text, &old.schema, &old.name, &new.name)
            }
            Self::Object { old, new, .. } => {
                rename_identifier(text, Some(&old.schema), bare(old), bare(new))
            }
            Self::Part { of, old, new } if of.kind == Kind::Enum => rename_constant(text, old, new),
            Self::Part { old, new, .. } => rename_identifier(text, None, old, new),
        }
    }

    fn qualified(&self, key: &str, name: &QName) -> Option<QName> {
        let Self::Object { old, new, .. } = self else {
            return None;
        };
        if old.kind == Kind::Schema {
            return (name.schema == old.name).then(|| QName::new(&new.name, &name.name));
        }
        let same = name.schema == old.schema && name.name == bare(old);
        (same && old.kind.is_routine() == ROUTINES.contains(&key))
            .then(|| QName::new(&new.schema, bare(new)))
    }
}

impl Kind {
    /// Whether the string of that key can be a name of an object of this kind.
    fn is_named_by(self, key: &str) -> bool {
        match key {
            "collation" => self == Kind::Collation,
            "index" | "clustered_on" => matches!(self, Kind::Index | Kind::Constraint),
            _ => self.is_type() || self.is_relation(),
        }
    }
}

/// The walk over one object.
struct Walk<'a> {
    renaming: &'a Renaming,
    /// Its texts can mention what is renamed.
    uses: bool,
    /// It is what is renamed, or has the part.
    own: bool,
    /// It belongs to the relation that has the part.
    of_relation: bool,
    /// It is in the schema of what is renamed, and can name its indexes without saying so.
    is_schemamate: bool,
}

impl Walk<'_> {
    fn value(&self, key: &str, item: &Value) -> Value {
        match item.kind() {
            ValueKind::Map => self.map(key, item),
            ValueKind::Seq => item
                .try_iter()
                .into_iter()
                .flatten()
                .map(|item| self.value(key, &item))
                .collect::<Vec<_>>()
                .into(),
            ValueKind::String => self.string(key, item),
            _ => item.clone(),
        }
    }

    fn map(&self, key: &str, map: &Value) -> Value {
        if let Some(name) = (map.len() == Some(2))
            .then(|| QName::deserialize(map.clone()).ok())
            .flatten()
        {
            return self
                .renaming
                .qualified(key, &name)
                .map_or_else(|| map.clone(), value);
        }
        let keys = map.try_iter().into_iter().flatten();
        let rewritten = keys.filter_map(|key| {
            let item = map.get_item(&key).ok()?;
            let item = self.value(key.as_str().unwrap_or_default(), &item);
            Some((key, item))
        });
        value(rewritten.collect::<IndexMap<Value, Value>>())
    }

    fn string(&self, key: &str, item: &Value) -> Value {
        let text = item.as_str().unwrap_or_default();
        if item.is_safe() {
            let rewritten = if self.uses || self.of_relation {
                self.renaming.text(text)
            } else {
                text.to_owned()
            };
            return Value::from_safe_string(rewritten);
        }
        if TYPES.contains(&key) || key == "collation" {
            return self.renaming.type_name(key, text).into();
        }
        match self.renaming {
            Renaming::Part { of, old, new } if text == old => {
                let label = of.kind == Kind::Enum && key == "labels" && self.own;
                let own_name = self.own && key == "name";
                let near = self.of_relation && COLUMNS.contains(&key);
                let far = self.uses && key == "referenced_columns";
                let column = of.kind.is_relation() && (near || far);
                if label || own_name || column {
                    new.clone().into()
                } else {
                    item.clone()
                }
            }
            Renaming::Object { old, new, .. }
                if self.own && key == "name" && old.kind.is_routine() && text == bare(old) =>
            {
                bare(new).into()
            }
            Renaming::Object { old, new, .. }
                if INDEXES.contains(&key)
                    && old.kind.is_named_by(key)
                    && self.is_schemamate
                    && text == old.name =>
            {
                new.name.clone().into()
            }
            _ => item.clone(),
        }
    }
}

/// The names of an object's columns, attributes, checks or labels.
pub(super) fn part_names(object: &Object) -> Vec<String> {
    if let crate::kinds::Body::Enum(model) = &object.body {
        return model.labels.clone();
    }
    with_model!(&object.body, model => Diff::parts(model))
        .iter()
        .map(|part| part.name.to_owned())
        .collect()
}
