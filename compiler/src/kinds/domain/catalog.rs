use super::Domain;
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::{tidy, tidy_all};

impl Introspect for Domain {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, _: &Id) {
        tidy_all(&mut self.default);
        for check in &mut self.checks {
            tidy(&mut check.expression);
        }
    }
}
