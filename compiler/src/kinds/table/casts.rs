//! How values of one type become values of another.
//!
//! Source: `select * from pg_cast`, and manual, `CREATE CAST`: every type can be assigned to the string types, and cast
//! explicitly from them.

use crate::catalog::Catalog;
use crate::kinds::domain::Domain;
use crate::sql::TypeName;

const NUMBERS: [&str; 6] = ["int2", "int4", "int8", "numeric", "float4", "float8"];
const STRINGS: [&str; 4] = ["text", "varchar", "bpchar", "name"];
const TIMES: [&str; 3] = ["date", "timestamp", "timestamptz"];
const OTHERS: [(&str, &str); 9] = [
    ("json", "jsonb"),
    ("jsonb", "json"),
    ("cidr", "inet"),
    ("inet", "cidr"),
    ("time", "interval"),
    ("time", "timetz"),
    ("timetz", "time"),
    ("bit", "varbit"),
    ("varbit", "bit"),
];

/// Whether a column can become of the new type without `USING`.
pub(crate) fn is_assignment(old: &str, new: &str) -> bool {
    let (Ok(old), Ok(new)) = (TypeName::parse(old), TypeName::parse(new)) else {
        return false;
    };
    let (from, to) = (old.name.as_str(), new.name.as_str());
    if old.builtin().is_none() || new.builtin().is_none() {
        let same = (old.schema.as_ref(), from) == (new.schema.as_ref(), to);
        return same && old.array == new.array || (is_string(&new) && !new.array);
    }
    if old.array != new.array {
        return is_string(&new) && !new.array;
    }
    let both = |family: &[&str]| family.contains(&from) && family.contains(&to);
    from == to || both(&NUMBERS) || both(&TIMES) || OTHERS.contains(&(from, to)) || is_string(&new)
}

/// The types to cast to explicitly, one after the other, until it is the new one.
pub(super) fn explicit(old: &str, new: &str) -> Vec<String> {
    let (from, to) = (TypeName::parse(old), TypeName::parse(new));
    let direct = from.as_ref().is_ok_and(|from| {
        let known = [("bool", "int4"), ("int4", "bool")];
        let pair = to
            .as_ref()
            .is_ok_and(|to| !to.array && known.contains(&(from.name.as_str(), to.name.as_str())));
        !from.array && (is_string(from) || pair)
    });
    if direct || is_assignment(old, new) && old != new {
        return vec![new.to_owned()];
    }
    let arrays = from.is_ok_and(|from| from.array) && to.is_ok_and(|to| to.array);
    let text = if arrays { "text[]" } else { "text" };
    vec![text.to_owned(), new.to_owned()]
}

/// Whether every row is written anew. Source: manual, `ALTER TABLE`, notes; the types' support functions for casts.
pub(super) fn rewrites(old: &str, new: &str) -> bool {
    let (Ok(old), Ok(new)) = (TypeName::parse(old), TypeName::parse(new)) else {
        return true;
    };
    let length = |name: &TypeName| {
        name.modifiers
            .first()
            .and_then(|length| length.parse::<u32>().ok())
    };
    let widens = match (length(&old), length(&new)) {
        (_, None) => true,
        (Some(old), Some(new)) => old <= new,
        (None, Some(_)) => false,
    };
    let loose = |name: &TypeName| matches!(name.name.as_str(), "varchar" | "text");
    let scale = old.modifiers.get(1) == new.modifiers.get(1) || new.modifiers.is_empty();
    let cheap = match (old.name.as_str(), new.name.as_str()) {
        _ if old.array != new.array => false,
        ("text", "varchar") => new.modifiers.is_empty(),
        _ if loose(&old) && loose(&new) => widens,
        ("numeric", "numeric") => widens && scale,
        ("timestamp", "timestamp") | ("timestamptz", "timestamptz") | ("varbit", "varbit") => {
            widens
        }
        (from, to) => from == to && old.modifiers == new.modifiers,
    };
    !cheap
}

/// Whether a default of the old type is converted to the new one along with the column, and then is what the same default
/// would be on a column made with the new type.
pub(super) fn converts_defaults(old: &str, new: &str) -> bool {
    let both = |family: &[&str]| {
        let in_family = |name: &str| {
            TypeName::parse(name).is_ok_and(|name| {
                !name.array && name.builtin().is_some() && family.contains(&name.name.as_str())
            })
        };
        in_family(old) && in_family(new)
    };
    both(&NUMBERS[..3])
}

/// The type below all domains.
pub(super) fn base_type(data_type: &str, catalog: &Catalog) -> String {
    Domain::named(data_type, catalog).map_or_else(
        || data_type.to_owned(),
        |domain| base_type(&domain.data_type, catalog),
    )
}

/// The built-in type below all domains, which values are converted as; another type is what it is.
pub(super) fn plain_type(data_type: &str, catalog: &Catalog) -> String {
    let base = base_type(data_type, catalog);
    let built_in = TypeName::parse(&base).is_ok_and(|base| base.builtin().is_some());
    if built_in { base } else { data_type.to_owned() }
}

/// Whether a column of the type is filled row by row when it is added (`DomainHasConstraints` in `ATExecAddColumn` of
/// `tablecmds.c`).
pub(super) fn is_checked(data_type: &str, catalog: &Catalog) -> bool {
    Domain::named(data_type, catalog).is_some_and(|domain| {
        domain.not_null || !domain.checks.is_empty() || is_checked(&domain.data_type, catalog)
    })
}

/// Whether a foreign key can compare a column of one type with one of the other: equal built-in types, or those of one
/// operator family (`select * from pg_amop`). A type of one's own may be made again under its name.
pub(super) fn compares(one: &str, other: &str) -> bool {
    let (Ok(one), Ok(other)) = (TypeName::parse(one), TypeName::parse(other)) else {
        return false;
    };
    let builtin = one.builtin().is_some() && other.builtin().is_some();
    let both = |family: &[&str]| {
        [&one, &other]
            .iter()
            .all(|name| family.contains(&name.name.as_str()))
    };
    let family = both(&NUMBERS[..3]) || both(&["text", "varchar"]) || both(&TIMES);
    builtin && one.array == other.array && (one.name == other.name || family)
}

/// How values of a type are stored if nobody says otherwise (`pg_type.typstorage`), where a column's can be set at all.
pub(crate) fn usual_storage(data_type: &str, catalog: &Catalog) -> &'static str {
    let Ok(name) = TypeName::parse(data_type) else {
        return "extended";
    };
    if name.array {
        return "extended";
    }
    if name.builtin().is_some() {
        let main = matches!(name.name.as_str(), "numeric" | "inet" | "cidr");
        return if main { "main" } else { "extended" };
    }
    Domain::named(data_type, catalog).map_or("extended", |domain| {
        usual_storage(&domain.data_type, catalog)
    })
}

/// Whether a table with a column of that type certainly has a TOAST table: its values can be as long as they like.
pub(super) fn is_toasted(data_type: &str) -> bool {
    const LONG: [&str; 6] = ["text", "bytea", "json", "jsonb", "xml", "tsvector"];
    TypeName::parse(data_type).is_ok_and(|name| {
        name.array || name.builtin().is_some() && LONG.contains(&name.name.as_str())
    })
}

fn is_string(name: &TypeName) -> bool {
    name.builtin().is_some() && STRINGS.contains(&name.name.as_str())
}
