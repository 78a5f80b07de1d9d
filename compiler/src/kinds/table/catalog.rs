use super::column::Column;
use super::constraint::{Constraint, ConstraintRule};
use super::index::{Index, IndexKey, KeyValue};
use super::{PartitionBy, Table, not_null};
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::{list, tidy, tidy_all, tidy_query};
use crate::sql::object_name::choose_sequence_name;

impl Introspect for Table {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, id: &Id) {
        if let Some(partition) = &mut self.partition_by {
            partition.tidy();
        }
        let is_partition = self.partition_of.is_some();
        for column in &mut self.columns {
            column.tidy(&id.name);
            // Whether a partition's columns are its own too is something that no dump shows.
            column.inherited |= is_partition;
        }
    }
}

impl PartitionBy {
    /// `RANGE (a, lower(b))` is one text in the catalogs.
    fn tidy(&mut self) {
        let [definition] = self.keys.as_slice() else {
            return;
        };
        let inner = definition.0.split_once('(').map_or("", |(_, rest)| rest);
        self.keys = list(inner.strip_suffix(')').unwrap_or(inner));
        self.keys.iter_mut().for_each(tidy_query);
    }
}

impl Column {
    fn tidy(&mut self, table: &str) {
        tidy_all(&mut self.default);
        if !self.not_null.inherited {
            let automatic = not_null::usual_name(table, &self.name);
            self.not_null.name.take_if(|name| *name == automatic);
        }
        if let Some(generated) = &mut self.generated {
            tidy(&mut generated.expression);
        }
        if let Some(identity) = &mut self.identity {
            let automatic = choose_sequence_name(table, &self.name, |_| false);
            identity.sequence.take_if(|name| *name == automatic);
        }
    }
}

impl Introspect for Constraint {
    const QUERY: &str = include_str!("constraint.sql");

    fn tidy(&mut self, _: &Id) {
        match &mut self.rule {
            ConstraintRule::Check(check) => tidy(&mut check.expression),
            ConstraintRule::Exclusion(exclusion) => {
                tidy_all(&mut exclusion.predicate);
                exclusion
                    .elements
                    .iter_mut()
                    .for_each(|element| element.key.tidy());
            }
            _ => {}
        }
    }
}

impl Introspect for Index {
    const QUERY: &str = include_str!("index.sql");

    fn tidy(&mut self, _: &Id) {
        tidy_all(&mut self.predicate);
        self.keys.iter_mut().for_each(IndexKey::tidy);
    }
}

impl IndexKey {
    fn tidy(&mut self) {
        if let KeyValue::Expression(expression) = &mut self.value {
            tidy(expression);
        }
    }
}
