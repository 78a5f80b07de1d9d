use super::Statistics;
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::tidy;

impl Introspect for Statistics {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, _: &Id) {
        self.keys.iter_mut().for_each(tidy);
    }
}
