//! The system catalogs of a live database, read into a [`Catalog`].
//!
//! Pure: [`queries`] are what to ask, [`decode`] makes a catalog of the answers. `database::introspect` connects the two.
//! Each kind's `catalog.sql` answers with one row for each object, whose body is JSON in the form of the kind's model.

mod depends;
mod privileges;
mod version;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::catalog::{Catalog, Id, Object};
use crate::kinds::{Body, Kind, Model, for_each_kind};
use crate::plan::dependencies;

pub use depends::Edge;
use depends::Members;
pub use privileges::Privilege;

/// How the system catalogs say a kind.
pub trait Introspect: Model {
    /// The query. A line that ends in `--15` is for servers from 15 on, in `--<15` for older ones.
    const QUERY: &str;

    /// Brings what PostgreSQL prints into the form of the model. The body is as the query gave it.
    fn tidy(&mut self, _: &Id) {}
}

/// The catalogs' name of a thing: which catalog, which row (`pg_depend.classid`, `objid`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The catalog's own oid.
    pub class: u32,
    /// The row's oid.
    pub oid: u32,
}

/// One object as its kind's query gives it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The catalog's name of it.
    pub address: Address,
    /// Its schema; empty for none.
    pub schema: String,
    /// The relation it belongs to; empty for none.
    pub parent: String,
    /// Its name.
    pub name: String,
    /// The owner's oid; 0 for none.
    pub owner: u32,
    /// The model as JSON.
    pub body: String,
}

/// A comment on an object (`pg_description`).
#[derive(Clone, Debug)]
pub struct Comment {
    /// The object.
    pub on: Address,
    /// The text.
    pub text: String,
}

/// An object as its kind's query gives it, understood.
#[derive(Debug)]
pub struct Understood {
    address: Address,
    owner: u32,
    object: Result<(Id, Body), DecodeError>,
}

/// What the server answered.
#[derive(Debug, Default)]
pub struct Answers {
    /// The objects of all kinds.
    pub objects: Vec<Understood>,
    /// The names of all roles.
    pub roles: BTreeMap<u32, String>,
    /// The role that asks.
    pub role: Option<String>,
    /// All comments on whole objects.
    pub comments: Vec<Comment>,
    /// All privileges that are not PostgreSQL's own.
    pub privileges: Vec<Privilege>,
    /// `pg_depend`.
    pub edges: Vec<Edge>,
    /// What a query of its own finds that the model has no word for: kind and identity.
    pub unsupported: Vec<(String, String)>,
}

impl Answers {
    /// Adds what another query found.
    pub fn append(&mut self, mut other: Self) {
        self.objects.append(&mut other.objects);
        self.roles.append(&mut other.roles);
        self.role = self.role.take().or(other.role);
        self.comments.append(&mut other.comments);
        self.privileges.append(&mut other.privileges);
        self.edges.append(&mut other.edges);
        self.unsupported.append(&mut other.unsupported);
    }
}

/// What could not be read from the system catalogs.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
#[error(
    "the system catalogs say something about {kind} `{name}` that could not be understood: {reason}"
)]
#[diagnostic(help("this is an error in tablec; please report it with the object's definition"))]
pub struct DecodeError {
    kind: &'static str,
    name: String,
    reason: serde_json::Error,
}

/// A catalog, and what can only be found out by asking again.
#[derive(Debug)]
pub struct Decoded {
    /// The catalog.
    pub catalog: Catalog,
    /// Things in the database that are no object, no part of one, and of no extension.
    pub unknown: BTreeSet<Address>,
    /// Parts of objects that have a comment of their own.
    pub commented: BTreeSet<Address>,
}

type Decoder = fn(&Found) -> Result<(Id, Body), serde_json::Error>;

macro_rules! readers {
    ($($variant:ident $model:ty;)+) => {
        /// Each kind with its query and its decoder.
        const READERS: &[(Kind, &str, Decoder)] = &[$((Kind::$variant, <$model as Introspect>::QUERY, body::<$model>)),+];
    };
}
for_each_kind!(readers);

/// How many kinds have a query.
pub const KINDS: usize = READERS.len();

/// The query of every kind, for a server of that major version. Each answers with rows of [`Found`].
pub fn queries(major: u32) -> Vec<String> {
    let wrap = |(_, query, _): &(Kind, &str, Decoder)| {
        let query = version::for_version(query, major);
        format!(
            "select class, id, schema::text, parent::text, name::text, owner, body::text from (\n{query}) as objects"
        )
    };
    READERS.iter().map(wrap).collect()
}

/// The query whose rows are [`Privilege`]s.
pub fn privileges_query(major: u32) -> String {
    version::for_version(include_str!("privileges.sql"), major)
}

/// The query whose rows are [`Comment`]s.
pub const COMMENTS: &str = include_str!("comments.sql");

/// The query whose rows are [`Edge`]s.
pub const DEPENDS: &str = include_str!("depends.sql");

/// The query whose rows are kind and identity of what the model has no word for.
pub fn unsupported_query(major: u32) -> String {
    version::for_version(include_str!("unsupported.sql"), major)
}

/// Understands what the query of that place among the [`queries`] found.
pub fn understand(query: usize, found: &Found) -> Option<Understood> {
    let (kind, _, decoder) = READERS.get(query)?;
    Some(Understood {
        address: found.address,
        owner: found.owner,
        object: decoder(found).map_err(|reason| DecodeError::new(*kind, found, reason)),
    })
}

/// Makes a catalog of the answers.
///
/// # Errors
/// An object that is no extension's and could not be understood.
pub fn decode(default_schema: &str, answers: Answers) -> Result<Decoded, DecodeError> {
    let members = Members::new(&answers.edges);
    let mut catalog = Catalog::new(default_schema);
    catalog.role = answers.role;
    let mut ids = HashMap::new();
    for found in answers.objects {
        if members.contains(found.address) {
            continue;
        }
        let (id, body) = found.object?;
        let mut object = Object::new(body);
        object.owner = answers.roles.get(&found.owner).cloned();
        ids.insert(found.address, id.clone());
        catalog.objects.insert(id, object);
    }
    let commented = comments(&mut catalog, &ids, &members, answers.comments);
    privileges::apply(&mut catalog, &ids, &answers.privileges);
    let ((depends, unknown), bodies) = rayon::join(
        || depends::of(&ids, &members, &answers.edges),
        || dependencies::of_bodies(&catalog),
    );
    catalog.depends = depends;
    dependencies::add(&mut catalog, bodies);
    Ok(Decoded {
        catalog,
        unknown,
        commented,
    })
}

impl DecodeError {
    fn new(kind: Kind, found: &Found, reason: serde_json::Error) -> Self {
        Self {
            kind: kind.word(),
            name: found.name.clone(),
            reason,
        }
    }
}

fn body<M: Introspect>(found: &Found) -> Result<(Id, Body), serde_json::Error> {
    let id = Id {
        kind: M::KIND,
        schema: found.schema.clone(),
        parent: found.parent.clone(),
        name: found.name.clone(),
    };
    let mut model: M = serde_json::from_str(&found.body)?;
    model.tidy(&id);
    Ok((id, model.into()))
}

/// Puts the comments on their objects, and tells which have none to be put on.
fn comments(
    catalog: &mut Catalog,
    ids: &HashMap<Address, Id>,
    members: &Members,
    comments: Vec<Comment>,
) -> BTreeSet<Address> {
    let mut left = BTreeSet::new();
    for comment in comments {
        let object = ids
            .get(&comment.on)
            .and_then(|id| catalog.objects.get_mut(id));
        match object {
            Some(object) => object.comment = Some(comment.text),
            // A check of a domain is part of it, and so is its comment.
            None if members.contains(comment.on) || members.is_of_type(comment.on) => {}
            None => {
                left.insert(comment.on);
            }
        }
    }
    left
}
