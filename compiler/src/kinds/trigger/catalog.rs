use super::Trigger;
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::tidy_all;

impl Introspect for Trigger {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, _: &Id) {
        tidy_all(&mut self.when);
    }
}
