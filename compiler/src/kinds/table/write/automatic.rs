//! What a partition has because its parent has it, and what need not be said therefore.

use crate::catalog::{Id, Object, QName};
use crate::kinds::table::Table;
use crate::kinds::table::constraint::{Constraint, ConstraintRule};
use crate::kinds::table::index::Index;
use crate::kinds::{Body, Kind};
use crate::spec::resolve::partitions::{index_columns, key_index, key_index_mut, names_of};
use crate::spec::write::Writer;
use crate::sql::object_name::{IndexPurpose, choose_index_name};

/// Whether the index or key is the part of the parent's that PostgreSQL makes by itself: with the name that it chooses, and
/// nothing said beside.
pub(super) fn is_automatic(writer: &Writer<'_>, id: &Id, object: &Object) -> bool {
    let name = match &object.body {
        Body::Index(index) => index_name(writer, index),
        Body::Constraint(constraint) => key_name(writer, id, constraint),
        _ => None,
    };
    object.comment.is_none() && name.is_some_and(|name| name == id.name)
}

fn index_name(writer: &Writer<'_>, index: &Index) -> Option<String> {
    let of = index.attached_to.as_ref()?;
    let parent = writer
        .catalog
        .get(&Id::new(Kind::Index, &of.schema, &of.name))?;
    let Body::Index(parent) = &parent.body else {
        return None;
    };
    let same = Index {
        table: parent.table.clone(),
        attached_to: parent.attached_to.clone(),
        statistics: parent.statistics.clone(),
        ..index.clone()
    };
    let columns = names_of(&index.keys, &index.include);
    let unsaid = same == *parent && index.statistics.is_empty();
    unsaid.then(|| choose_index_name(&index.table.name, &columns, IndexPurpose::Plain, |_| false))
}

fn key_name(writer: &Writer<'_>, id: &Id, constraint: &Constraint) -> Option<String> {
    let index = key_index(&constraint.rule)?.attached_to.as_ref()?;
    let parent = parent_key(writer, &id.relation()?, index)?;
    let mut same = constraint.clone();
    key_index_mut(&mut same.rule)?
        .attached_to
        .clone_from(&key_index(&parent.rule)?.attached_to);
    same.inherited = parent.inherited;
    let purpose = match constraint.rule {
        ConstraintRule::PrimaryKey(_) => IndexPurpose::PrimaryKey,
        ConstraintRule::Unique(_) => IndexPurpose::Unique,
        _ => IndexPurpose::Exclusion,
    };
    (same == *parent).then(|| {
        choose_index_name(
            &id.parent,
            &index_columns(&constraint.rule),
            purpose,
            |_| false,
        )
    })
}

/// The key of the partitioned table whose index has that name.
fn parent_key<'c>(writer: &Writer<'c>, partition: &QName, index: &QName) -> Option<&'c Constraint> {
    let table = writer
        .catalog
        .get(&Id::new(Kind::Table, &partition.schema, &partition.name))?;
    let Body::Table(Table {
        partition_of: Some(of),
        ..
    }) = &table.body
    else {
        return None;
    };
    match &writer
        .catalog
        .get(&Id::part(Kind::Constraint, &of.parent, &index.name))?
        .body
    {
        Body::Constraint(constraint) => Some(constraint),
        _ => None,
    }
}
