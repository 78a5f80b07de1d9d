//! What errors name in the partitions of a table.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Id, QName};
use crate::kinds::table::Table;
use crate::kinds::table::constraint::Constraint;
use crate::kinds::table::index::Index;
use crate::kinds::{Kind, Model};
use crate::spec::resolve::partitions::key_index;

/// An index of a partition, or the constraint that it backs, which is a part of one of the partitioned table.
pub(super) struct Part {
    /// The partition.
    pub table: QName,
    /// The part's name.
    pub name: String,
    /// The name at the top of the tree.
    pub root: String,
}

/// The parts of all indexes of partitioned tables. Unlike foreign keys and checks they have names of their own.
pub(super) fn parts(catalog: &Catalog) -> Vec<Part> {
    let own = |id: &Id, table: &QName| (table.clone(), id.name.clone());
    let keys = catalog
        .of::<Constraint>()
        .filter_map(|(id, constraint, _)| {
            let parent = key_index(&constraint.rule)?.attached_to.as_ref()?;
            Some((own(id, &id.relation()?), parent))
        });
    let indexes = catalog
        .of::<Index>()
        .filter_map(|(id, index, _)| Some((own(id, &index.table), index.attached_to.as_ref()?)));
    let attached: Vec<_> = keys.chain(indexes).collect();
    let parents: BTreeMap<QName, &QName> = attached
        .iter()
        .map(|((table, name), parent)| (QName::new(&table.schema, name), *parent))
        .collect();
    let part = |((table, name), parent): &((QName, String), &QName)| Part {
        table: table.clone(),
        name: name.clone(),
        root: top(&parents, parent).name.clone(),
    };
    attached.iter().map(part).collect()
}

fn top<'a>(parents: &BTreeMap<QName, &'a QName>, mut index: &'a QName) -> &'a QName {
    for _ in 0..DEEPEST {
        let Some(above) = parents.get(index) else {
            break;
        };
        index = above;
    }
    index
}

/// The partitioned table at the top of the tree that a partition belongs to.
pub(super) fn root_of<'a>(catalog: &'a Catalog, table: &'a Table) -> Option<&'a QName> {
    let mut root = &table.partition_of.as_ref()?.parent;
    for _ in 0..DEEPEST {
        let parent = catalog.get(&Id::new(Kind::Table, &root.schema, &root.name))?;
        let parent = Table::from_body(&parent.body)?;
        let Some(above) = &parent.partition_of else {
            break;
        };
        root = &above.parent;
    }
    Some(root)
}

/// Where a tree of partitions, wrongly, has no end.
const DEEPEST: usize = 64;
