//! The context of one table.

use std::collections::BTreeSet;

use super::access::{param, paths};
use super::context::{Column, IdType, Imports, Length, Param, SoftDelete, Table};
use super::methods::methods;
use super::schema::{Relation, Schema};
use super::types::{RustType, Shape, Traits, Wire};
use super::{errors, factory};
use crate::kinds::table;
use crate::spec::hints::Role;
use crate::sql::{TypeName, quote_ident};

/// The context of a table.
pub(super) fn table(schema: &Schema<'_>, relation: &Relation<'_>) -> Table {
    let catalog = &schema.spec.catalog;
    let columns: Vec<_> = relation
        .table
        .columns
        .iter()
        .map(|column| (column, schema.column_type(relation, column)))
        .collect();
    let (errors, lengths) = errors::errors(schema, relation);
    let paths = paths(schema, relation);
    let key = relation.primary_key().map_or(&[][..], |key| &key.columns);
    let label = label(schema, relation);
    let mut table = Table {
        source: source(schema, relation.id),
        file: relation.module.clone(),
        module: super::module_name(&relation.module),
        schema: relation.schema(catalog).map(str::to_owned),
        name: relation.id.name.clone(),
        comment: relation
            .object
            .comment
            .clone()
            .unwrap_or_else(|| format!("A row of `{label}`.")),
        label,
        names: relation.names.clone(),
        columns: columns
            .iter()
            .map(|(column, ty)| self::column(relation, column, ty))
            .collect(),
        key: key
            .iter()
            .map(|column| param(schema, relation, column))
            .collect(),
        key_index: relation
            .keys()
            .find(|(_, found, _)| found.columns == *key)
            .map(|(name, ..)| name.to_owned())
            .unwrap_or_default(),
        test: super::module_name(&relation.module),
        id: id_type(schema, relation),
        version: relation
            .role(Role::Version)
            .map(|column| param(schema, relation, &column.name)),
        soft_delete: relation.role(Role::SoftDelete).map(soft_delete),
        lengths: lengths
            .into_iter()
            .filter_map(|(column, max, variant)| length(relation, &column, max, variant))
            .collect(),
        errors,
        finds: paths.finds,
        lists: paths.lists,
        upserts: paths.upserts,
        methods: Vec::new(),
        imports: Imports::default(),
        factory: factory::factory(schema, relation),
        derive_eq: columns.iter().all(|(_, ty)| ty.traits.eq),
        derive_hash: columns.iter().all(|(_, ty)| ty.traits.hash),
    };
    table.methods = methods(&table);
    table.imports = imports(schema, relation, &table, &columns);
    table
}

/// Whether an insert can give the column a value.
pub(super) fn can_be_given(column: &table::Column) -> bool {
    column.generated.is_none()
        && !column
            .identity
            .as_ref()
            .is_some_and(|identity| identity.always)
}

/// How an insert gives the column ([`Column::insert`]).
pub(super) fn insert(relation: &Relation<'_>, column: &table::Column) -> Option<&'static str> {
    let role = relation.hints(&column.name).and_then(|hints| hints.role);
    let default = column.default.is_some()
        || column.identity.is_some()
        || relation.has_domain_default(&column.name);
    match (role, default, relation.is_not_null(&column.name)) {
        _ if !can_be_given(column) => None,
        (Some(Role::SoftDelete), ..) | (Some(Role::Version), true, _) => None,
        (_, true, true) => Some("default"),
        (_, true, false) => Some("nullable_default"),
        (_, false, true) => Some("required"),
        (_, false, false) => Some("nullable"),
    }
}

/// How a patch gives the column ([`Column::patch`]).
pub(super) fn patch(relation: &Relation<'_>, column: &table::Column) -> Option<&'static str> {
    let in_key = relation
        .primary_key()
        .is_some_and(|key| key.columns.contains(&column.name));
    let has_role = relation
        .hints(&column.name)
        .is_some_and(|hints| hints.role.is_some());
    match relation.is_not_null(&column.name) {
        _ if in_key || has_role || !can_be_given(column) || relation.primary_key().is_none() => {
            None
        }
        true => Some("value"),
        false => Some("nullable"),
    }
}

fn column(relation: &Relation<'_>, column: &table::Column, ty: &RustType) -> Column {
    let nullable = !relation.is_not_null(&column.name);
    let array = ty.shape == Shape::Array;
    let text = if array { "text[]" } else { "text" };
    let read_cast = (ty.wire == Wire::Text).then_some(text);
    Column {
        name: column.name.clone(),
        field: relation.field(&column.name).to_owned(),
        rust: if nullable {
            format!("Option<{}>", ty.name)
        } else {
            ty.name.clone()
        },
        inner: ty.name.clone(),
        copy: ty.traits.copy,
        nullable,
        insert: insert(relation, column),
        patch: patch(relation, column),
        read_cast,
        write_cast: read_cast.map_or_else(|| ty.sql.clone(), |text| format!("{text}::{}", ty.sql)),
        comment: comment(relation, column),
    }
}

fn comment(relation: &Relation<'_>, column: &table::Column) -> String {
    let role = relation.hints(&column.name).and_then(|hints| hints.role);
    let mut parts: Vec<String> = column.comment.iter().cloned().collect();
    match (&column.generated, &column.identity, role) {
        (Some(generated), ..) => parts.push(format!(
            "Generated: `{}`.",
            one_line(&generated.expression.0)
        )),
        (_, Some(_), _) => parts.push("Numbered by the database.".to_owned()),
        (.., Some(Role::Version)) => parts.push("Counts the row's updates.".to_owned()),
        (.., Some(Role::SoftDelete)) => {
            parts.push("When the row was deleted; such rows are hidden.".to_owned());
        }
        _ => {}
    }
    if let (Some(default), true) = (&column.default, can_be_given(column)) {
        parts.push(format!("Default: `{}`.", one_line(&default.0)));
    }
    parts.join(" ")
}

fn one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn soft_delete(column: &table::Column) -> SoftDelete {
    let name = TypeName::parse(&column.data_type)
        .map(|ty| ty.name)
        .unwrap_or_default();
    let value = match name.as_str() {
        "bool" => "true",
        "date" => "current_date",
        "timestamp" => "localtimestamp",
        _ => "now()",
    };
    SoftDelete {
        column: column.name.clone(),
        value: value.into(),
    }
}

fn length(relation: &Relation<'_>, column: &str, max: usize, variant: String) -> Option<Length> {
    let column = relation.table.column(column)?;
    let field = relation.field(&column.name).to_owned();
    Some(Length {
        field,
        max,
        variant,
        insert: insert(relation, column),
        patch: patch(relation, column),
    })
}

fn id_type(schema: &Schema<'_>, relation: &Relation<'_>) -> Option<IdType> {
    let name = relation.id_type.clone()?;
    let column = relation
        .table
        .column(relation.primary_key()?.columns.first()?)?;
    let inner = schema.types.resolve(&column.data_type);
    Some(IdType {
        name,
        derives: derives(inner.traits),
        inner: inner.name,
    })
}

/// What a type around values with these traits derives.
pub(super) fn derives(traits: Traits) -> Vec<&'static str> {
    let all = [
        (true, "Clone"),
        (traits.copy, "Copy"),
        (true, "Debug"),
        (true, "PartialEq"),
        (traits.eq, "Eq"),
        (traits.ord && traits.eq, "PartialOrd"),
        (traits.ord && traits.eq, "Ord"),
        (traits.hash && traits.eq, "Hash"),
    ];
    all.into_iter()
        .filter(|(has, _)| *has)
        .map(|(_, name)| name)
        .collect()
}

pub(super) fn label(schema: &Schema<'_>, relation: &Relation<'_>) -> String {
    match relation.schema(&schema.spec.catalog) {
        Some(schema) => format!("{schema}.{}", relation.id.name),
        None => relation.id.name.clone(),
    }
}

/// The spec file that declares an object.
pub(super) fn source(schema: &Schema<'_>, id: &crate::catalog::Id) -> String {
    let place = schema.spec.sources.get(id);
    place.map_or_else(
        || quote_ident(&id.name).into_owned(),
        |place| place.file.display().to_string(),
    )
}

/// What each file imports: the types in its signatures, and the table's own names.
fn imports(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    table: &Table,
    columns: &[(&table::Column, RustType)],
) -> Imports {
    let used = |wanted: &dyn Fn(&table::Column) -> bool| -> BTreeSet<String> {
        columns
            .iter()
            .filter(|(column, _)| wanted(column))
            .flat_map(|(_, ty)| ty.imports.iter().cloned())
            .collect()
    };
    let own = |names: &[&String]| {
        names
            .iter()
            .map(|name| format!("crate::rows::{name}"))
            .collect::<BTreeSet<_>>()
    };
    let names = &table.names;
    let mut row = used(&|_| true);
    row.extend(id_imports(schema, relation));
    if let Some(id) = &table.id {
        row.remove(&format!("crate::rows::{}", id.name));
    }

    let params = signature_columns(table);
    let mut port = used(&|column| params.contains(&column.name));
    port.extend(own(&[&names.row, &names.new]));
    if !table.key.is_empty() && table.columns.iter().any(|column| column.patch.is_some()) {
        port.extend(own(&[&names.patch]));
    }
    let mut repository = port.clone();
    repository.insert(format!("crate::ports::{}", names.error));
    Imports {
        row: row.into_iter().collect(),
        port: port.into_iter().collect(),
        repository: repository.into_iter().collect(),
        factory: factory::imports(schema, relation, table),
    }
}

fn id_imports(schema: &Schema<'_>, relation: &Relation<'_>) -> BTreeSet<String> {
    let column = relation.id_type.as_ref().and_then(|_| {
        relation
            .table
            .column(relation.primary_key()?.columns.first()?)
    });
    column
        .map(|column| schema.types.resolve(&column.data_type).imports)
        .unwrap_or_default()
}

fn signature_columns(table: &Table) -> BTreeSet<String> {
    let finds = table.finds.iter().flat_map(|find| &find.params);
    let lists = table
        .lists
        .iter()
        .flat_map(|list| list.params.iter().chain(&list.order));
    let all = table
        .key
        .iter()
        .chain(&table.version)
        .chain(finds)
        .chain(lists);
    all.map(|param: &Param| param.column.clone()).collect()
}
