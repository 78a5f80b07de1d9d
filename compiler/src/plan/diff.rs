use std::collections::BTreeMap;

use minijinja::Value;
use minijinja::value::Serde;

use super::{Change, Effect, Note};
use crate::catalog::{Catalog, Id, Object, QName};
use crate::kinds::Model;

/// What a kind tells the planner: the statements that make, unmake and change its objects, and what they use.
pub trait Diff: Model {
    /// Properties of which a spec that does not say them says nothing: they are whatever they are.
    const UNSAID: &'static [&'static str] = &[];

    /// What it takes to make the object. The first change makes it; changes with needs of their own are ordered by those.
    fn create(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "create").with("new", self)]
    }

    /// What it takes to drop it.
    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop")]
    }

    /// What makes this definition the new one.
    fn alter(&self, new: &Self, at: &Site) -> Alteration;

    /// What its definition uses.
    fn uses(&self, id: &Id) -> Vec<Use<'_>>;

    /// What frees its names for a successor that is made before it goes.
    fn rename_away(&self, id: &Id, old_name: &QName) -> Vec<Change> {
        vec![Change::new(id, "rename_away").with("old_name", &old_name.name)]
    }

    /// What its statements' address needs beyond the identity's name and relation.
    fn address(&self, _id: &Id) -> Context {
        Context::new()
    }

    /// Whether it is made by a statement of its own.
    fn making(&self, _at: &Site) -> Making {
        Making::Apart
    }

    /// Objects whose creation takes it up, and so must come later.
    fn precedes(&self, _at: &Site) -> Vec<Id> {
        Vec::new()
    }

    /// The objects, or their columns, whose drop takes it along.
    fn falls_with(&self, id: &Id) -> Vec<(Id, Option<String>)> {
        let _ = id;
        Vec::new()
    }

    /// The objects of parent tables that it comes from, whose drop takes it along.
    fn comes_from(&self, _id: &Id, _catalog: &Catalog) -> Vec<Id> {
        Vec::new()
    }

    /// The objects of its name that the parents of its table hand down: it can't go before they do, nor they come before it goes.
    fn handed_down_by(&self, _id: &Id, _catalog: &Catalog) -> Vec<Id> {
        Vec::new()
    }

    /// Whether it can be dropped by a statement of its own: what a partition has from its parent can't.
    fn stands_alone(&self) -> bool {
        true
    }

    /// Objects it hangs on without needing them for its creation: a sequence on the column that owns it.
    fn ties(&self, _id: &Id) -> Vec<Id> {
        Vec::new()
    }

    /// The objects whose parts are its own too: the parents of a table.
    fn parents(&self) -> Vec<Id> {
        Vec::new()
    }

    /// Whether what is done to that part of a parent is done to its own.
    fn follows(&self, _part: &str, _effect: Effect) -> bool {
        false
    }

    /// The relation it is read with.
    fn stands_with(&self, id: &Id) -> Option<QName> {
        id.relation()
    }

    /// The relation whose rows it keeps apart, and by which columns: what a foreign key can point at.
    fn unique_key(&self, _id: &Id) -> Option<(QName, Vec<&String>)> {
        None
    }

    /// The relation with which it moves to another schema.
    fn moves_with(&self) -> Option<&QName> {
        None
    }

    /// The column that owns it: it is that column's whatever it is called.
    fn owned_by(&self) -> Option<(&QName, &str)> {
        None
    }

    /// Says the names that follow from the object's own, before that changes: they stay.
    fn keep_names(&mut self, _id: &Id) {}

    /// The same for names of constraints that are no objects.
    fn keep_constraint_names(&mut self, _id: &Id, _postgresql: u32) {}

    /// Renames what is named after the object or its parts and has no identity of its own.
    fn follow_names(&mut self, _id: &Id, _from: &Catalog, _to: &Catalog) -> Vec<Change> {
        Vec::new()
    }

    /// The names it takes among those of its schema.
    fn names(&self, _id: &Id) -> Vec<Name> {
        Vec::new()
    }

    /// Whether it survives that another object's column gets another type.
    fn survives_retyping(&self) -> bool {
        false
    }

    /// Pairs of columns that it compares, and can't while only one of them has its new type.
    fn compares(&self, _at: &Site) -> Vec<[(Id, String); 2]> {
        Vec::new()
    }

    /// Whether it survives that an object it uses is dropped and made again. What it takes is then added by [`Self::regrasp`].
    fn survives_replacement(&self, _of: &Id) -> bool {
        false
    }

    /// What lets go of replaced objects and takes hold of them again.
    fn regrasp(&self, _new: &Self, _replaced: &[&Id], _at: &Site) -> Vec<Change> {
        Vec::new()
    }

    /// Whether it can't take hold of them again where it stands, and makes way for a successor: a type of columns.
    fn makes_way(&self, _new: &Self, _replaced: &[&Id], _at: &Site) -> bool {
        false
    }

    /// What is different and stays so.
    fn leftovers(&self, _new: &Self, _at: &Site) -> Vec<Note> {
        Vec::new()
    }

    /// The sequences that number its columns: of which column, and with which privileges.
    fn numbers(&self, _id: &Id) -> Vec<Numbers<'_>> {
        Vec::new()
    }

    /// Comments and privileges of its columns, against those of `old`.
    fn parts(&self) -> Vec<Part<'_>> {
        Vec::new()
    }
}

/// Where an object stands.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// Its identity.
    pub id: &'a Id,
    /// The object: the new one, or the one that goes.
    pub object: &'a Object,
    /// What there is before.
    pub from: &'a Catalog,
    /// What there is to be.
    pub to: &'a Catalog,
}

impl Site<'_> {
    /// The major version that the statements are for: what both sides know.
    pub fn postgresql(&self) -> u32 {
        common_version(self.from, self.to)
    }
}

/// The older of the versions that two catalogs are of. Where neither says one it is that of a project that says none.
pub(crate) fn common_version(from: &Catalog, to: &Catalog) -> u32 {
    let known = [from.postgresql, to.postgresql].into_iter().flatten();
    known.min().unwrap_or(15)
}

/// How a definition becomes another.
#[derive(Clone, Debug, PartialEq)]
pub enum Alteration {
    /// By these changes; none when nothing differs.
    Changes(Vec<Change>),
    /// By a drop and a creation.
    Replace,
    /// By a new object under the name of the old one, which is dropped when nothing uses it any more. For types of columns.
    Swap,
    /// Not without something that only a person can say.
    Refuse(String),
}

/// How an object comes to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Making {
    /// By its own statement.
    Apart,
    /// By the statement that makes another, if that comes too; otherwise by its own.
    Within(Inline),
    /// By itself, when what it depends on is there.
    Implied,
}

/// A creation that makes another object along.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// The object that is created.
    pub owner: Id,
    /// The column of it, where it may also be added by `add_column`.
    pub part: Option<String>,
    /// The list in the creation's context that is told.
    pub list: &'static str,
    /// What the list is told.
    pub value: Value,
}

/// Something that a definition uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use<'a> {
    /// That object.
    Object(Id),
    /// A relation, or one column of it.
    Relation(QName, Option<&'a str>),
    /// A type as it is written.
    Type(&'a str),
    /// A routine, by its name alone.
    Routine(QName),
    /// The unique key of that relation over those columns.
    Key(QName, &'a [String]),
    /// An index, whether or not it is a constraint's.
    Index(QName),
    /// A procedural language.
    Language(&'a str),
    /// A collation as it is written.
    Collation(&'a str),
    /// What an expression or query mentions. Bare names can be columns of the relation.
    Text(&'a str, Option<QName>),
    /// What a routine's body mentions.
    Body(&'a str),
}

/// What can be taken once: by whom comes after who has freed it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// In `pg_class`.
    Relation(QName),
    /// In `pg_type`.
    Type(QName),
    /// In `pg_proc`, with the input types.
    Routine(QName),
    /// No name that PostgreSQL knows, but a turn among the statements about a relation.
    Turn(Turn, QName),
}

/// What statements about one relation wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// The rows that its partitions share out: who leaves has left before another takes them.
    Rows,
    /// Who its checks are handed down to: whoever leaves has left before one comes or goes.
    Heirs,
    /// Its foreign keys in its partitions: they go with its own before a partition leaves, which would keep a copy.
    Copies,
    /// An index or key that is alike: it has gone before this one comes, which would take it up.
    Alike,
    /// Whether it is logged: what its foreign keys point at is so first.
    Logged,
    /// Its computed columns: they go before those that they are computed from.
    Computed,
    /// Its primary key: there is one at a time.
    PrimaryKey,
}

/// A column (or attribute, or domain check) with what can be said of it from outside its definition.
#[derive(Default)]
pub struct Part<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its type, as it is written; of a table's column and a composite type's attribute.
    pub data_type: Option<&'a str>,
    /// Its default; of a table's column.
    pub default: Option<&'a str>,
    /// Its comment.
    pub comment: Option<&'a str>,
    /// Its privileges.
    pub privileges: Option<&'a crate::catalog::Privileges>,
}

/// The sequence of an identity column. It is the table's owner's.
pub struct Numbers<'a> {
    /// The column.
    pub column: &'a str,
    /// The sequence.
    pub sequence: Id,
    /// Its privileges.
    pub privileges: &'a crate::catalog::Privileges,
}

/// The alteration of something that can only be dropped and made again.
pub(crate) fn replace_unless_equal<T: PartialEq>(old: &T, new: &T) -> Alteration {
    if old == new {
        Alteration::Changes(Vec::new())
    } else {
        Alteration::Replace
    }
}

/// What a template sees, by name.
pub type Context = BTreeMap<String, Value>;

/// A value for a template.
pub(crate) fn value(value: impl serde::Serialize) -> Value {
    Value::from(Serde(value))
}

/// The context that every statement about an object has.
pub(crate) fn address(id: &Id, own: Context) -> Context {
    let mut context = Context::from([
        ("id".to_owned(), value(id)),
        ("kind".to_owned(), value(id.kind)),
        ("name".to_owned(), value(id.qname())),
        ("relation".to_owned(), value(id.relation())),
    ]);
    context.extend(own);
    context
}
