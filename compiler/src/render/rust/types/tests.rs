use super::*;
use crate::catalog::Object;

fn catalog() -> Catalog {
    let mut catalog = Catalog::new("public");
    let mut add = |kind, schema: &str, name: &str, body: crate::kinds::Body| {
        catalog
            .objects
            .insert(Id::new(kind, schema, name), Object::new(body));
    };
    add(
        Kind::Enum,
        "public",
        "mood",
        Enum {
            labels: vec!["ok".to_owned()],
        }
        .into(),
    );
    add(
        Kind::Enum,
        "billing",
        "mood",
        Enum {
            labels: vec!["due".to_owned()],
        }
        .into(),
    );
    add(
        Kind::Domain,
        "public",
        "uuid_",
        Domain {
            data_type: "text".to_owned(),
            ..Domain::default()
        }
        .into(),
    );
    add(
        Kind::Domain,
        "public",
        "value",
        Domain {
            data_type: "text".to_owned(),
            ..Domain::default()
        }
        .into(),
    );
    let range = Range {
        subtype: "double precision".to_owned(),
        multirange: "floats".to_owned(),
        ..Range::default()
    };
    add(Kind::Range, "public", "float_range", range.into());
    catalog
}

#[test]
fn each_type_has_its_rust_type() {
    let (catalog, target) = (catalog(), RustTarget::default());
    let types = Types::new(&catalog, &target);
    for (sql, rust) in [
        ("integer", "i32"),
        ("character varying(20)[]", "Vec<String>"),
        ("timestamp with time zone", "Timestamp"),
        ("tstzrange", "Range<Timestamp>"),
        ("int4multirange[]", "Vec<Multirange<i32>>"),
        ("mood", "Mood"),
        ("billing.mood[]", "Vec<BillingMood>"),
        ("value", "ValueType"),
        ("float_range", "FloatRange"),
        ("floats", "Multirange<f64>"),
        ("geometry(Point,4326)", "String"),
        ("tsvector", "String"),
        ("numeric(6,2)", "Numeric"),
    ] {
        assert_eq!(types.resolve(sql).name, rust, "{sql}");
    }
}

#[test]
fn casts_have_no_modifiers() {
    let (catalog, target) = (catalog(), RustTarget::default());
    let types = Types::new(&catalog, &target);
    for (sql, cast) in [
        ("character(3)", "bpchar"),
        ("bit(3)", "varbit"),
        ("\"char\"", "\"char\""),
        ("billing.mood", "billing.mood"),
        ("geometry(Point,4326)", "geometry"),
        ("text[]", ""),
        ("xml[]", "xml[]"),
    ] {
        assert_eq!(types.resolve(sql).sql, cast, "{sql}");
    }
}

#[test]
fn a_chosen_type_wins() {
    let mut target = RustTarget::default();
    target
        .types
        .insert("numeric".to_owned(), "rust_decimal::Decimal".to_owned());
    target
        .types
        .insert("text[]".to_owned(), "Vec<Option<String>>".to_owned());
    let catalog = catalog();
    let types = Types::new(&catalog, &target);
    let decimal = types.resolve("numeric(6,2)");
    assert_eq!(
        (decimal.name.as_str(), decimal.imports.len()),
        ("Decimal", 1)
    );
    assert_eq!(types.resolve("text[]").name, "Vec<Option<String>>");
    assert_eq!(types.resolve("numeric[]").name, "Vec<Decimal>");
}
