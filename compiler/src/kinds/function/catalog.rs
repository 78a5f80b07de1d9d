use super::aggregate::Aggregate;
use super::{Function, RoutineBody};
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::{setting, tidy_all, tidy_query};

impl Introspect for Function {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, _: &Id) {
        for argument in &mut self.arguments {
            tidy_all(&mut argument.default);
        }
        for (name, value) in &mut self.set {
            *value = setting(name, value);
        }
        if let RoutineBody::Atomic(body) = &mut self.body {
            tidy_query(body);
        }
    }
}

impl Introspect for Aggregate {
    const QUERY: &str = include_str!("aggregate.sql");
}
