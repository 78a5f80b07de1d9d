use super::Rule;
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::tidy;

impl Introspect for Rule {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, _: &Id) {
        tidy(&mut self.definition);
    }
}
