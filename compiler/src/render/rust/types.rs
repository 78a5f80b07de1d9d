//! The Rust type for every PostgreSQL type.
//!
//! | PostgreSQL | Rust |
//! |---|---|
//! | `boolean`, `smallint`, `integer`, `bigint`, `real`, `double precision`, `oid`, `"char"` | `bool`, `i16`, `i32`, `i64`, `f32`, `f64`, `u32`, `i8` |
//! | `text`, `varchar`, `char`, `name`, `citext`, `ltree` and its queries | `String` |
//! | `bytea`, `uuid`, `json`, `jsonb` | `Vec<u8>`, `uuid::Uuid`, `serde_json::Value` |
//! | `date`, `time`, `timestamp`, `timestamptz` | those of jiff, chrono or time |
//! | `numeric`, `interval`, `timetz`, `money`, `bit`, `inet`, `cidr`, `macaddr`, `pg_lsn`, `point` …, ranges, multiranges, `hstore` | those of `tablec_runtime::values` |
//! | enums, domains, composites, range types | a type in `types/` |
//! | arrays | `Vec` of the element |
//! | every other type, of extensions for instance | `String`: the text that PostgreSQL prints and reads |

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::names;
use crate::catalog::{Catalog, Id};
use crate::kinds::composite::Composite;
use crate::kinds::domain::Domain;
use crate::kinds::enumeration::Enum;
use crate::kinds::range::Range;
use crate::kinds::table::Table;
use crate::kinds::{Kind, Model};
use crate::spec::project::RustTarget;
use crate::sql::{TypeName, quote_qualified};
use crate::templates::names::camel;

/// What Rust makes of a PostgreSQL type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RustType {
    /// The type as it is written after `imports`.
    pub name: String,
    /// What it needs, as full paths.
    pub imports: BTreeSet<String>,
    /// What can be derived for a type that contains it.
    pub traits: Traits,
    /// How it travels.
    pub wire: Wire,
    /// What makes values of it.
    pub shape: Shape,
    /// The type's name in a cast, without modifiers.
    pub sql: String,
}

/// Traits that a type has beyond `Clone`, `Debug` and `PartialEq`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// `Copy`.
    pub copy: bool,
    /// `Eq`.
    pub eq: bool,
    /// `PartialOrd` and `Ord`.
    pub ord: bool,
    /// `Hash`.
    pub hash: bool,
}

/// How values travel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wire {
    /// In PostgreSQL's binary form.
    #[default]
    Binary,
    /// As text, cast in the statement.
    Text,
}

/// What a value is made of, for those who make values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Something that the runtime's `Make` makes.
    #[default]
    Make,
    /// A text of at most so many characters.
    Text(Option<usize>),
    /// An integer.
    Integer,
    /// A decimal number with so many digits before and after the point.
    Numeric(Option<(i32, i32)>),
    /// So many bits.
    Bits(usize),
    /// The first variant of an enum.
    Enum(Id),
    /// A newtype over a domain.
    Domain(Id),
    /// An array, empty.
    Array,
    /// Text that only one type can read; the argument is an example, if one is known.
    Opaque(Option<&'static str>),
    /// Unknown: the caller gives it.
    Unknown,
}

/// Finds Rust's types.
pub struct Types<'a> {
    catalog: &'a Catalog,
    target: &'a RustTarget,
    names: BTreeMap<Id, String>,
    /// The types of columns, which are asked for a dozen times each.
    of_columns: HashMap<&'a str, RustType>,
}

impl<'a> Types<'a> {
    /// With names given to the catalog's own types.
    pub fn new(catalog: &'a Catalog, target: &'a RustTarget) -> Self {
        let mut types = Self {
            catalog,
            target,
            names: type_names(catalog),
            of_columns: HashMap::new(),
        };
        let tables = catalog.of::<Table>();
        for column in tables.flat_map(|(_, table, _)| &table.columns) {
            if !types.of_columns.contains_key(column.data_type.as_str()) {
                let resolved = types.resolve(&column.data_type);
                types.of_columns.insert(&column.data_type, resolved);
            }
        }
        types
    }

    /// The Rust name of an enum, domain, composite or range type.
    pub fn name_of(&self, id: &Id) -> &str {
        self.names.get(id).map_or("", String::as_str)
    }

    /// The Rust type of a column's type; `String` for a type that cannot be read.
    pub fn resolve(&self, data_type: &str) -> RustType {
        if let Some(known) = self.of_columns.get(data_type) {
            return known.clone();
        }
        let mut open = BTreeSet::new();
        TypeName::parse(data_type)
            .map_or_else(|_| text(data_type), |parsed| self.of(&parsed, &mut open))
    }

    /// A type that the user has chosen.
    pub fn chosen(path: &str, sql: &TypeName) -> RustType {
        let generic = path.contains(['<', '(', '[', '&']);
        let (name, import) = match path.rsplit_once("::") {
            Some((_, last)) if !generic => (last, Some(path)),
            _ => (path, None),
        };
        RustType {
            name: name.to_owned(),
            imports: import.map(str::to_owned).into_iter().collect(),
            shape: Shape::Unknown,
            sql: if sql.array { String::new() } else { bare(sql) },
            ..RustType::default()
        }
    }

    fn of(&self, ty: &TypeName, open: &mut BTreeSet<Id>) -> RustType {
        if let Some(path) = self.chosen_for(ty) {
            return Self::chosen(path, ty);
        }
        if ty.array {
            return array(self.of(&ty.element(), open));
        }
        let mut found = match ty.builtin() {
            Some(_) => self.builtin(ty, open),
            None => self.user_defined(ty, open),
        };
        // `unnest` would take a composite apart into its fields.
        let whole = found.shape == Shape::Unknown && found.wire == Wire::Binary;
        found.sql = if whole { String::new() } else { bare(ty) };
        found
    }

    /// An override for the type as it is written, or for the type without its modifiers.
    fn chosen_for(&self, ty: &TypeName) -> Option<&'a str> {
        let chosen = |(written, path): (&'a String, &'a String)| {
            let parsed = TypeName::parse(written).ok()?;
            let plain = TypeName {
                modifiers: Vec::new(),
                interval_fields: None,
                ..ty.clone()
            };
            (parsed == *ty || parsed == plain).then_some(path.as_str())
        };
        self.target.types.iter().find_map(chosen)
    }

    fn builtin(&self, ty: &TypeName, open: &mut BTreeSet<Id>) -> RustType {
        let length = || ty.modifiers.first().and_then(|n| n.parse().ok());
        match ty.name.as_str() {
            "bool" => simple("bool"),
            "int2" => integer("i16"),
            "int4" => integer("i32"),
            "int8" => integer("i64"),
            "oid" => integer("u32"),
            "char" => simple("i8"),
            "float4" => float("f32"),
            "float8" => float("f64"),
            "text" | "varchar" | "name" | "bpchar" => string(if ty.name == "name" {
                Some(63)
            } else {
                length()
            }),
            "bytea" => owned("Vec<u8>", None),
            "uuid" => imported("uuid::Uuid"),
            "json" | "jsonb" => RustType {
                traits: Traits {
                    eq: true,
                    hash: true,
                    ..Traits::default()
                },
                ..owned("Value", Some("serde_json::Value"))
            },
            "date" | "time" | "timestamp" | "timestamptz" => imported(self.datetime(&ty.name)),
            "numeric" => numeric(ty),
            "interval" => unordered(value("Interval", true)),
            "timetz" => unordered(value("TimeTz", true)),
            "money" => value("Money", true),
            "bit" => RustType {
                shape: Shape::Bits(length().unwrap_or(1)),
                ..value("Bits", false)
            },
            "varbit" => value("Bits", false),
            "inet" | "cidr" => value("Inet", true),
            "macaddr" => value("MacAddr", true),
            "macaddr8" => value("MacAddr8", true),
            "pg_lsn" => value("PgLsn", true),
            "point" => geometry("Point", true),
            "line" => geometry("Line", true),
            "lseg" => geometry("Segment", true),
            "box" => geometry("Rect", true),
            "circle" => geometry("Circle", true),
            "path" => geometry("Path", false),
            "polygon" => geometry("Polygon", false),
            name => match BUILTIN_RANGES
                .iter()
                .find(|(range, multirange, _)| [range, multirange].contains(&&name))
            {
                Some((range, _, subtype)) => {
                    let generic = if name == *range {
                        "Range"
                    } else {
                        "Multirange"
                    };
                    ranged(generic, &self.of(&TypeName::named(None, subtype), open))
                }
                None => text(name),
            },
        }
    }

    fn datetime(&self, name: &str) -> &'static str {
        match (self.target.datetime.as_str(), name) {
            ("chrono", "date") => "chrono::NaiveDate",
            ("chrono", "time") => "chrono::NaiveTime",
            ("chrono", "timestamp") => "chrono::NaiveDateTime",
            ("chrono", _) => "chrono::DateTime<chrono::Utc>",
            ("time", "date") => "time::Date",
            ("time", "time") => "time::Time",
            ("time", "timestamp") => "time::PrimitiveDateTime",
            ("time", _) => "time::OffsetDateTime",
            (_, "date") => "jiff::civil::Date",
            (_, "time") => "jiff::civil::Time",
            (_, "timestamp") => "jiff::civil::DateTime",
            (_, _) => "jiff::Timestamp",
        }
    }

    fn user_defined(&self, ty: &TypeName, open: &mut BTreeSet<Id>) -> RustType {
        let meant = self.catalog.qualified(ty);
        let id = |kind| Id::new(kind, &meant.schema, &meant.name);
        if let Some(id) = self.find::<Enum>(id(Kind::Enum)) {
            let traits = Traits {
                copy: true,
                eq: true,
                ord: true,
                hash: true,
            };
            return RustType {
                traits,
                shape: Shape::Enum(id.clone()),
                ..self.named(&id)
            };
        }
        if let Some(id) = self.find::<Domain>(id(Kind::Domain)) {
            return self.domain(&id, open);
        }
        if let Some(id) = self.find::<Composite>(id(Kind::Composite)) {
            return self.composite(&id, open);
        }
        if let Some((id, range)) = self.range(&meant.schema, &meant.name) {
            let generic = if id.name == ty.name {
                "Range"
            } else {
                "Multirange"
            };
            let found = ranged(generic, &self.of_text(&range.subtype, open));
            return if generic == "Range" && found.wire == Wire::Binary {
                RustType {
                    traits: found.traits,
                    shape: Shape::Make,
                    ..self.named(id)
                }
            } else {
                found
            };
        }
        match ty.name.as_str() {
            "citext" => string(None),
            "ltree" => RustType {
                shape: Shape::Opaque(Some("a.b")),
                ..string(None)
            },
            "lquery" | "ltxtquery" => RustType {
                shape: Shape::Opaque(Some("a")),
                ..string(None)
            },
            "hstore" => RustType {
                traits: Traits {
                    eq: true,
                    hash: true,
                    ..Traits::default()
                },
                ..value("Hstore", false)
            },
            name => {
                let known = text(name);
                match shaped(ty) {
                    Some(example) => RustType {
                        shape: Shape::Opaque(Some(example)),
                        ..known
                    },
                    None => known,
                }
            }
        }
    }

    fn of_text(&self, data_type: &str, open: &mut BTreeSet<Id>) -> RustType {
        TypeName::parse(data_type).map_or_else(|_| text(data_type), |parsed| self.of(&parsed, open))
    }

    fn find<M: Model>(&self, id: Id) -> Option<Id> {
        let object = self.catalog.get(&id)?;
        M::from_body(&object.body).map(|_| id)
    }

    fn range(&self, schema: &str, name: &str) -> Option<(&'a Id, &'a Range)> {
        let mut ranges = self.catalog.of::<Range>().map(|(id, range, _)| (id, range));
        ranges.find(|(id, range)| {
            id.schema == schema && (id.name == name || range.multirange == name)
        })
    }

    fn named(&self, id: &Id) -> RustType {
        let name = self.name_of(id).to_owned();
        let imports = [format!("crate::types::{name}")].into();
        RustType {
            name,
            imports,
            ..RustType::default()
        }
    }

    fn domain(&self, id: &Id, open: &mut BTreeSet<Id>) -> RustType {
        let domain = self
            .catalog
            .get(id)
            .and_then(|object| Domain::from_body(&object.body));
        let Some(domain) = domain.filter(|_| open.insert(id.clone())) else {
            return text(&id.name);
        };
        let inner = self.of_text(&domain.data_type, open);
        open.remove(id);
        if inner.wire == Wire::Text {
            return text(&id.name);
        }
        RustType {
            traits: inner.traits,
            shape: Shape::Domain(id.clone()),
            ..self.named(id)
        }
    }

    fn composite(&self, id: &Id, open: &mut BTreeSet<Id>) -> RustType {
        let composite = self
            .catalog
            .get(id)
            .and_then(|object| Composite::from_body(&object.body));
        let Some(composite) = composite.filter(|_| open.insert(id.clone())) else {
            return text(&id.name);
        };
        let parts: Vec<_> = composite
            .attributes
            .iter()
            .map(|part| self.of_text(&part.data_type, open))
            .collect();
        open.remove(id);
        if parts.iter().any(|part| part.wire == Wire::Text) {
            return text(&id.name);
        }
        let all = |has: fn(&Traits) -> bool| parts.iter().all(|part| has(&part.traits));
        let traits = Traits {
            copy: false,
            eq: all(|t| t.eq),
            ord: false,
            hash: all(|t| t.hash),
        };
        RustType {
            traits,
            shape: Shape::Unknown,
            ..self.named(id)
        }
    }
}

/// Rust names for the catalog's types; none is that of a type which generated code imports.
fn type_names(catalog: &Catalog) -> BTreeMap<Id, String> {
    let mut taken = names::Taken::reserved(IMPORTED);
    let kinds = [Kind::Enum, Kind::Domain, Kind::Composite, Kind::Range];
    let types = catalog.objects.keys().filter(|id| kinds.contains(&id.kind));
    let name = |id: &Id| {
        let schema = if id.schema == catalog.default_schema {
            ""
        } else {
            &id.schema
        };
        camel(&format!("{schema}_{}", id.name))
    };
    types
        .map(|id| {
            (
                id.clone(),
                taken.give_first(&[name(id), format!("{}Type", name(id))]),
            )
        })
        .collect()
}

/// Names that generated files import or the language has: no generated type gets one.
pub(super) const IMPORTED: &[&str] = &[
    "Bits",
    "BoxError",
    "Changes",
    "Circle",
    "Column",
    "Columns",
    "Date",
    "DateTime",
    "Decode",
    "DecodeError",
    "Error",
    "Future",
    "Given",
    "Hstore",
    "Inet",
    "Interval",
    "Line",
    "MacAddr",
    "MacAddr8",
    "Money",
    "Multirange",
    "NaiveDate",
    "NaiveDateTime",
    "NaiveTime",
    "Numeric",
    "OffsetDateTime",
    "Option",
    "Page",
    "Param",
    "Patch",
    "Path",
    "PgLsn",
    "Point",
    "Polygon",
    "PrimitiveDateTime",
    "Range",
    "Rect",
    "Result",
    "RowIter",
    "RowStream",
    "Rows",
    "Sample",
    "Segment",
    "Self",
    "Session",
    "String",
    "Time",
    "TimeTz",
    "Timestamp",
    "Utc",
    "Uuid",
    "Value",
    "Vec",
    "World",
    "Some",
    "None",
    "Ok",
    "Err",
    "Box",
    "Send",
    "Sync",
    "Copy",
    "Clone",
    "Debug",
    "Default",
    "Eq",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Hash",
    "Iterator",
    "From",
    "Into",
    "Fn",
    "FnMut",
    "FnOnce",
    "Drop",
    "Sized",
    "ToString",
    "AsRef",
    "AsMut",
    "TryFrom",
    "TryInto",
    "FromIterator",
    "Extend",
    "DoubleEndedIterator",
    "ExactSizeIterator",
    "IntoIterator",
    "ToOwned",
    "Unpin",
    "Stream",
    "Streamed",
    "Repository",
];

const BUILTIN_RANGES: &[(&str, &str, &str)] = &[
    ("int4range", "int4multirange", "int4"),
    ("int8range", "int8multirange", "int8"),
    ("numrange", "nummultirange", "numeric"),
    ("daterange", "datemultirange", "date"),
    ("tsrange", "tsmultirange", "timestamp"),
    ("tstzrange", "tstzmultirange", "timestamptz"),
];

const EVERY: Traits = Traits {
    copy: true,
    eq: true,
    ord: true,
    hash: true,
};

fn simple(name: &str) -> RustType {
    RustType {
        name: name.to_owned(),
        traits: EVERY,
        ..RustType::default()
    }
}

fn integer(name: &str) -> RustType {
    RustType {
        shape: Shape::Integer,
        ..simple(name)
    }
}

fn float(name: &str) -> RustType {
    RustType {
        traits: Traits {
            copy: true,
            ..Traits::default()
        },
        ..simple(name)
    }
}

fn owned(name: &str, import: Option<&str>) -> RustType {
    let imports = import.map(str::to_owned).into_iter().collect();
    RustType {
        traits: Traits {
            copy: false,
            ..EVERY
        },
        imports,
        ..simple(name)
    }
}

fn imported(path: &str) -> RustType {
    let (path, parameter) = path
        .split_once('<')
        .map_or((path, None), |(path, rest)| (path, Some(rest)));
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    let mut found = simple(&last(path));
    found.imports.insert(path.to_owned());
    if let Some(parameter) = parameter.map(|rest| rest.trim_end_matches('>')) {
        found.imports.insert(parameter.to_owned());
        found.name = format!("{}<{}>", found.name, last(parameter));
    }
    found
}

fn value(name: &str, copy: bool) -> RustType {
    let imports = [format!("tablec_runtime::values::{name}")].into();
    RustType {
        traits: Traits { copy, ..EVERY },
        imports,
        ..simple(name)
    }
}

fn unordered(mut found: RustType) -> RustType {
    found.traits.ord = false;
    found
}

fn geometry(name: &str, copy: bool) -> RustType {
    RustType {
        traits: Traits {
            copy,
            ..Traits::default()
        },
        ..value(name, copy)
    }
}

fn string(length: Option<usize>) -> RustType {
    RustType {
        shape: Shape::Text(length),
        ..owned("String", None)
    }
}

fn numeric(ty: &TypeName) -> RustType {
    let mut given = ty.modifiers.iter().map(|n| n.parse::<i32>().ok());
    let digits = given.next().flatten().map(|precision| {
        let scale = given.next().flatten().unwrap_or(0);
        (precision - scale, scale)
    });
    RustType {
        shape: Shape::Numeric(digits),
        ..value("Numeric", false)
    }
}

/// Text that only this type can read, with an example where one works for every value of the type.
fn text(name: &str) -> RustType {
    let example = OPAQUE
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, example)| *example);
    RustType {
        wire: Wire::Text,
        shape: Shape::Opaque(example),
        ..owned("String", None)
    }
}

/// What a column of `geometry(Polygon,4326)` can hold.
fn shaped(ty: &TypeName) -> Option<&'static str> {
    let kind = ty
        .modifiers
        .first()
        .filter(|_| ["geometry", "geography"].contains(&ty.name.as_str()))?;
    SHAPES
        .iter()
        .find(|shape| {
            shape
                .split(' ')
                .next()
                .is_some_and(|word| kind.eq_ignore_ascii_case(word))
        })
        .copied()
}

const SHAPES: &[&str] = &[
    "POINT EMPTY",
    "LINESTRING EMPTY",
    "POLYGON EMPTY",
    "MULTIPOINT EMPTY",
    "MULTILINESTRING EMPTY",
    "MULTIPOLYGON EMPTY",
    "GEOMETRYCOLLECTION EMPTY",
];

const OPAQUE: &[(&str, &str)] = &[
    ("tsvector", "word"),
    ("tsquery", "word"),
    ("xml", "<word/>"),
    ("jsonpath", "$.word"),
    ("regclass", "pg_catalog.pg_class"),
    ("regtype", "pg_catalog.int4"),
    ("regconfig", "pg_catalog.simple"),
    ("xid", "1"),
    ("xid8", "1"),
    ("cid", "1"),
    ("tid", "(0,1)"),
    ("geometry", "POINT EMPTY"),
    ("geography", "POINT EMPTY"),
    ("cube", "(0)"),
];

fn array(element: RustType) -> RustType {
    RustType {
        name: format!("Vec<{}>", element.name),
        traits: Traits {
            copy: false,
            ..element.traits
        },
        shape: Shape::Array,
        sql: if element.wire == Wire::Text {
            format!("{}[]", element.sql)
        } else {
            String::new()
        },
        ..element
    }
}

fn ranged(generic: &str, element: &RustType) -> RustType {
    if element.wire == Wire::Text {
        return text("");
    }
    let mut found = value(generic, false);
    found.name = format!("{generic}<{}>", element.name);
    found.imports.extend(element.imports.iter().cloned());
    found.traits = Traits {
        copy: false,
        ord: false,
        ..element.traits
    };
    found
}

/// The type in a cast, without modifiers: they are the column's business. `char` and `bit` without one mean a
/// length of one, so their longer brothers stand in.
fn bare(ty: &TypeName) -> String {
    match (ty.schema.as_deref(), ty.name.as_str()) {
        (None, "bpchar") => "bpchar".to_owned(),
        (None, "bit") => "varbit".to_owned(),
        (None, "char") => "\"char\"".to_owned(),
        (None, name) if ty.builtin().is_some() => name.to_owned(),
        (schema, name) => quote_qualified(schema, name),
    }
}

#[cfg(test)]
mod tests;
