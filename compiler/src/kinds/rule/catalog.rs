use super::Rule;
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::tidy_query;

impl Introspect for Rule {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, _: &Id) {
        tidy_query(&mut self.definition);
    }
}
