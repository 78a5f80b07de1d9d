use super::{Domain, not_null};
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::{tidy, tidy_all};

impl Introspect for Domain {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, id: &Id) {
        let automatic = not_null::usual_name(&id.name);
        self.not_null_name.take_if(|name| *name == automatic);
        tidy_all(&mut self.default);
        for check in &mut self.checks {
            tidy(&mut check.expression);
        }
    }
}
