use super::Publication;
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::tidy_all;

impl Introspect for Publication {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, _: &Id) {
        for table in self.tables.values_mut() {
            tidy_all(&mut table.predicate);
        }
    }
}
