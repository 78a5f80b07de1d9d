//! What a row takes over from its parents.

use super::context::{Fill, Parent};
use super::schema::{Relation, Schema};
use super::types::Shape;
use crate::kinds::Model;
use crate::kinds::domain::Domain;
use crate::kinds::table::constraint::ForeignKey;
use crate::templates::names::snake_part;

/// The parent that a foreign key needs; none where a value of the parent's type is none of the child's.
pub(super) fn parent(
    schema: &Schema<'_>,
    relation: &Relation<'_>,
    key: &ForeignKey,
    is_link: impl Fn(&Relation<'_>, &str) -> bool,
) -> Option<Parent> {
    let parent = schema.relation(&key.references)?;
    let columns = key.columns.iter().zip(&key.referenced_columns);
    let fills: Option<Vec<_>> = columns
        .map(|(column, referenced)| {
            let (from, to) = (
                Nested::of(schema, parent, referenced)?,
                Nested::of(schema, relation, column)?,
            );
            let same = from.outer == to.outer;
            Some(Fill {
                field: relation.field(column).to_owned(),
                from: parent.field(referenced).to_owned(),
                from_name: snake_part(column),
                copy: to.copy,
                settable: same && is_link(parent, referenced),
                unwrap: if same { 0 } else { from.newtypes.len() },
                convert: if same {
                    None
                } else {
                    conversion(&from.inner, &to.inner)?
                },
                to: to.inner.clone(),
                wrap: if same { Vec::new() } else { to.newtypes },
            })
        })
        .collect();
    Some(Parent {
        row: parent.names.row.clone(),
        create_factory: parent.names.create_factory.clone(),
        fills: fills?,
    })
}

/// A column's type: newtypes, from the outside, around one that is none.
struct Nested {
    outer: String,
    newtypes: Vec<String>,
    inner: String,
    copy: bool,
}

impl Nested {
    fn of(schema: &Schema<'_>, relation: &Relation<'_>, name: &str) -> Option<Self> {
        let column = relation.table.column(name)?;
        let outer = schema.column_type(relation, column);
        let mut own = schema.types.resolve(&column.data_type);
        let mut newtypes = Vec::new();
        if outer.name != own.name {
            newtypes.push(outer.name.clone());
        }
        while let Shape::Domain(id) = &own.shape {
            let domain = Domain::from_body(&schema.spec.catalog.get(id)?.body)?;
            newtypes.push(own.name.clone());
            own = schema.types.resolve(&domain.data_type);
        }
        Some(Self {
            outer: outer.name,
            newtypes,
            inner: own.name,
            copy: outer.traits.copy,
        })
    }
}

/// How a value becomes one of the other type: `from` or `try_from`, or as it is. `None` where it can't.
#[expect(
    clippy::option_option,
    reason = "the inner one is what the template sees"
)]
fn conversion(from: &str, to: &str) -> Option<Option<&'static str>> {
    if from == to {
        return Some(None);
    }
    let width = |name: &str| {
        ["i16", "i32", "i64"]
            .iter()
            .position(|known| *known == name)
    };
    let how = if width(from)? < width(to)? {
        "from"
    } else {
        "try_from"
    };
    Some(Some(how))
}
