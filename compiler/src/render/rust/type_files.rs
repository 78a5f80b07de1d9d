//! The contexts of enums, domains, composite and range types.

use std::collections::BTreeSet;

use super::context::{Field, Type, Variant};
use super::names::Taken;
use super::schema::Schema;
use super::tables::{derives, source};
use super::types::{Traits, Wire};
use crate::catalog::{Catalog, Id, Object};
use crate::kinds::composite::Composite;
use crate::kinds::domain::Domain;
use crate::kinds::enumeration::Enum;
use crate::kinds::range::Range;
use crate::kinds::table::Table;
use crate::spec::Spec;
use crate::sql::{TypeName, quote_qualified};
use crate::templates::names::{camel, snake, snake_part};

/// The types that have a file each: those that travel in binary.
pub(super) fn types(schema: &Schema<'_>) -> Vec<Type> {
    let catalog = &schema.spec.catalog;
    let mut files = Taken::reserved(&["mod"]);
    let mut found = Vec::new();
    for (id, model, object) in catalog.of::<Enum>() {
        let ty = base(schema, id, object, "enum", &mut files);
        let derives = derives(Traits {
            copy: true,
            eq: true,
            ord: true,
            hash: true,
        });
        found.push(Type {
            variants: variants(model),
            derives,
            ..ty
        });
    }
    for (id, model, object) in catalog.of::<Domain>() {
        let inner = schema.types.resolve(&model.data_type);
        if schema.types.resolve(&type_name(catalog, id)).name == schema.types.name_of(id) {
            let ty = base(schema, id, object, "domain", &mut files);
            let checks = model
                .checks
                .iter()
                .map(|check| one_line(&check.expression.0))
                .collect();
            let imports = inner.imports.into_iter().collect();
            found.push(Type {
                inner: inner.name,
                imports,
                derives: derives(inner.traits),
                checks,
                ..ty
            });
        }
    }
    for (id, model, object) in catalog.of::<Composite>() {
        let own = schema.types.resolve(&type_name(catalog, id));
        if own.wire == Wire::Binary {
            let ty = base(schema, id, object, "composite", &mut files);
            found.push(composite(schema, model, own.traits, ty));
        }
    }
    for (id, model, object) in catalog.of::<Range>() {
        let inner = schema.types.resolve(&model.subtype);
        if inner.wire == Wire::Binary {
            let ty = base(schema, id, object, "range", &mut files);
            let imports = inner
                .imports
                .into_iter()
                .chain(["tablec_runtime::values::Range".to_owned()]);
            found.push(Type {
                inner: inner.name,
                imports: imports.collect(),
                ..ty
            });
        }
    }
    found
}

/// The names of all types beyond PostgreSQL's own that columns have, and of their arrays, as SQL.
pub(super) fn custom_types(spec: &Spec) -> Vec<String> {
    let tables = spec
        .catalog
        .of::<Table>()
        .flat_map(|(_, table, _)| &table.columns);
    let parsed = tables.filter_map(|column| TypeName::parse(&column.data_type).ok());
    let own = parsed
        .filter(|ty| ty.builtin().is_none())
        .map(|ty| quote_qualified(ty.schema.as_deref(), &ty.name));
    let names: BTreeSet<_> = own.collect();
    names
        .into_iter()
        .flat_map(|name| [name.clone(), format!("{name}[]")])
        .collect()
}

fn type_name(catalog: &Catalog, id: &Id) -> String {
    let schema = (id.schema != catalog.default_schema).then_some(id.schema.as_str());
    quote_qualified(schema, &id.name)
}

fn base(
    schema: &Schema<'_>,
    id: &Id,
    object: &Object,
    kind: &'static str,
    files: &mut Taken,
) -> Type {
    let catalog = &schema.spec.catalog;
    let prefix = if id.schema == catalog.default_schema {
        ""
    } else {
        &id.schema
    };
    let file = files.give(&snake_part(&format!("{prefix}_{}", id.name)));
    let label = if prefix.is_empty() {
        id.name.clone()
    } else {
        format!("{prefix}.{}", id.name)
    };
    Type {
        kind,
        source: source(schema, id),
        module: super::module_name(&file),
        file,
        rust: schema.types.name_of(id).to_owned(),
        comment: object
            .comment
            .clone()
            .unwrap_or_else(|| format!("The {} `{label}`.", id.kind.word())),
        label,
        derives: Vec::new(),
        imports: Vec::new(),
        variants: Vec::new(),
        inner: String::new(),
        checks: Vec::new(),
        fields: Vec::new(),
    }
}

/// Variants of the labels, in their order.
pub(super) fn variants(model: &Enum) -> Vec<Variant> {
    let mut taken = Taken::reserved(&["Self"]);
    let variant = |label: &String| Variant {
        name: taken.give(&camel(label)),
        label: label.clone(),
    };
    model.labels.iter().map(variant).collect()
}

fn composite(schema: &Schema<'_>, model: &Composite, traits: Traits, ty: Type) -> Type {
    let mut fields = Taken::default();
    let types: Vec<_> = model
        .attributes
        .iter()
        .map(|part| schema.types.resolve(&part.data_type))
        .collect();
    let own = format!("crate::types::{}", ty.rust);
    let imports: BTreeSet<_> = types
        .iter()
        .flat_map(|ty| ty.imports.iter().cloned())
        .filter(|path| *path != own)
        .collect();
    let field =
        |(part, ty): (&crate::kinds::composite::Attribute, &super::types::RustType)| Field {
            field: fields.give(&snake(&part.name)),
            rust: ty.name.clone(),
            comment: part.comment.clone().unwrap_or_default(),
        };
    let fields = model.attributes.iter().zip(&types).map(field).collect();
    let imports = imports.into_iter().collect();
    Type {
        fields,
        imports,
        derives: derives(traits),
        ..ty
    }
}

fn one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}
