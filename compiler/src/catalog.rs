//! The model in the middle: every object of a database, by its identity.

mod entries;
mod id;
mod privileges;

pub use id::{Id, QName};
pub use privileges::{Grant, Privileges};

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::kinds::{Body, Kind};
use crate::sql::TypeName;

/// All objects of one database (or of one spec), and what is known about them that is not part of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// The schema that unqualified names mean: `public` unless the project says otherwise.
    pub default_schema: String,
    /// The major version of PostgreSQL: the server's, or the one that a project is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postgresql: Option<u32>,
    /// The role that reads the live database.
    #[serde(skip)]
    pub role: Option<String>,
    /// The objects. Columns are part of their table; constraints, indexes, triggers, policies and rules are
    /// objects of their own, so that a plan can order them freely.
    #[serde(with = "entries")]
    pub objects: BTreeMap<Id, Object>,
    /// What each object was made with: it can be created only after these, and dropped only before them.
    /// From `pg_depend` for a live database; from the definitions for a spec.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", with = "entries")]
    pub depends: Depends,
    /// Renames that a spec states (`renamed_from`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renames: Vec<Rename>,
    /// Enum labels that are gone, each with the one that its rows get (`replaces`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<Rename>,
    /// Enum labels of a live database that no row was found to have.
    #[serde(skip)]
    pub unused_labels: BTreeSet<(Id, String)>,
    /// How the values of columns are converted to their new types, where a spec says it (`using`), by table and column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conversions: Vec<Conversion>,
    /// Objects found in a live database that the model has no word for. Never dropped in silence.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub unsupported: BTreeSet<Unsupported>,
}

/// One object: what it is, and the attributes that any object can have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// The definition, by kind.
    pub body: Body,
    /// `COMMENT ON`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// The owner; `None` is whoever builds the schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// How the access privileges differ from what PostgreSQL gives a new object of this kind.
    #[serde(default, skip_serializing_if = "Privileges::is_empty")]
    pub privileges: Privileges,
}

/// What each object depends on.
pub type Depends = BTreeMap<Id, BTreeSet<Dependency>>;

/// A thing that an object depends on: another object, or one column of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dependency {
    /// The object depended on.
    pub on: Id,
    /// The column, where only that column matters (`pg_depend.refobjsubid`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// How sure it is.
    #[serde(default, skip_serializing_if = "crate::kinds::is_default")]
    pub certainty: Certainty,
}

/// How sure a dependency is. A cycle is cut where it is least sure.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// PostgreSQL knows it (`pg_depend`), or it follows from the definition's structure.
    #[default]
    Certain,
    /// A name stands in an expression or query that PostgreSQL parses when it is told.
    Mentioned,
    /// A name stands in a routine's body, which PostgreSQL reads when it runs.
    InBody,
}

/// A stated rename. The object (or part) is found in the new catalog under its new name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rename {
    /// The object under its new name.
    pub id: Id,
    /// The column, attribute or enum label under its new name; `None` when the object itself is renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The old name of the object or part. An object that moves between schemas says `schema.name`.
    pub from: String,
}

/// How the values of a column are converted when its type changes: `ALTER COLUMN … TYPE … USING`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// The table.
    pub id: Id,
    /// The column, under its new name.
    pub column: String,
    /// The expression.
    pub using: crate::kinds::Sql,
}

/// An object of a kind that the model does not have, or a property it cannot hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unsupported {
    /// PostgreSQL's word for the kind, e.g. `operator class`.
    pub kind: String,
    /// The identity as `pg_identify_object` prints it.
    pub identity: String,
}

impl Catalog {
    /// An empty catalog whose unqualified names mean `default_schema`.
    pub fn new(default_schema: impl Into<String>) -> Self {
        Self {
            default_schema: default_schema.into(),
            ..Self::default()
        }
    }

    /// The same schema with nothing said of the role that builds it: its objects have no owner, its default privileges are
    /// `@owner`'s, and it is not one of the roles that the schema needs.
    #[must_use]
    pub fn built_by(mut self, role: &str) -> Self {
        self.role = None;
        self.objects.remove(&Id::global(Kind::Role, role));
        for (id, object) in &mut self.objects {
            object
                .owner
                .take_if(|owner| owner == role && !id.is_public());
        }
        self.give_default_privileges(role, "@owner");
        self
    }

    /// The same schema, built by another role.
    #[must_use]
    pub fn handed_over(mut self, old: &str, new: &str) -> Self {
        if old == new {
            return self;
        }
        self.objects.remove(&Id::global(Kind::Role, old));
        for object in self.objects.values_mut() {
            if object.owner.as_deref() == Some(old) {
                object.owner = Some(new.to_owned());
            }
        }
        self.give_default_privileges(old, new);
        self
    }

    /// Makes a role's default privileges those of another that has none of the same; `@owner` is the role that builds the schema.
    pub(crate) fn give_default_privileges(&mut self, from: &str, to: &str) {
        let theirs: Vec<Id> = self.default_privileges_of(from).cloned().collect();
        for id in theirs {
            let given = Id {
                parent: to.to_owned(),
                ..id.clone()
            };
            if !self.objects.contains_key(&given)
                && let Some(object) = self.objects.remove(&id)
            {
                self.objects.insert(given, object);
            }
        }
    }

    /// The default privileges for objects of a role.
    pub(crate) fn default_privileges_of(&self, role: &str) -> impl Iterator<Item = &Id> {
        let all = self.objects.keys();
        all.filter(move |id| id.kind == Kind::DefaultPrivileges && id.parent == role)
    }

    /// The object with that identity.
    pub fn get(&self, id: &Id) -> Option<&Object> {
        self.objects.get(id)
    }

    /// How a column's values are converted to its new type, where that is said.
    pub fn conversion(&self, table: &Id, column: &str) -> Option<&crate::kinds::Sql> {
        let mut all = self.conversions.iter();
        let stated = all.find(|stated| stated.id == *table && stated.column == column)?;
        Some(&stated.using)
    }

    /// What a type's name means: without a schema, one of the default schema.
    pub(crate) fn qualified(&self, name: &TypeName) -> QName {
        let schema = name.schema.as_ref().unwrap_or(&self.default_schema);
        QName::new(schema, &name.name)
    }

    /// Whether a type's name means that object, and no array of it.
    pub(crate) fn is_named(&self, data_type: &str, id: &Id) -> bool {
        TypeName::parse(data_type)
            .is_ok_and(|name| !name.array && self.qualified(&name) == id.qname())
    }

    /// The objects whose body is an `M`, with their identities, in order.
    pub fn of<M: crate::kinds::Model>(&self) -> impl Iterator<Item = (&Id, &M, &Object)> {
        self.from(Id::global(M::KIND, ""))
    }

    /// Those of them that belong to a relation.
    pub fn parts_of<'a, M: crate::kinds::Model>(
        &'a self,
        relation: &QName,
    ) -> impl Iterator<Item = (&'a Id, &'a M, &'a Object)> + use<'a, M> {
        let first = Id::part(M::KIND, relation, "");
        let (schema, parent) = (first.schema.clone(), first.parent.clone());
        self.from(first)
            .take_while(move |(id, ..)| id.schema == schema && id.parent == parent)
    }

    /// Whether there is a type of that one's name, of whatever kind.
    pub fn has_type_of_name(&self, id: &Id) -> bool {
        let mut kinds = crate::kinds::Kind::ALL.iter().filter(|kind| kind.is_type());
        id.kind.is_type()
            && kinds.any(|kind| self.get(&Id::new(*kind, &id.schema, &id.name)).is_some())
    }

    /// An identity begins with its kind, then come its schema and its relation: what is alike stands together.
    fn from<M: crate::kinds::Model>(&self, first: Id) -> impl Iterator<Item = (&Id, &M, &Object)> {
        self.objects
            .range(first..)
            .map_while(|(id, object)| Some((id, M::from_body(&object.body)?, object)))
    }
}

impl Object {
    /// An object with no comment, no owner of its own and default privileges.
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            comment: None,
            owner: None,
            privileges: Privileges::default(),
        }
    }

    /// Whether it is equal to another but, perhaps, for the owner.
    pub(crate) fn is_but_for_its_owner(&self, other: &Self) -> bool {
        let Self {
            body,
            comment,
            owner: _,
            privileges,
        } = self;
        *body == other.body && *comment == other.comment && *privileges == other.privileges
    }
}

impl From<Id> for Dependency {
    fn from(on: Id) -> Self {
        Self {
            on,
            column: None,
            certainty: Certainty::Certain,
        }
    }
}
