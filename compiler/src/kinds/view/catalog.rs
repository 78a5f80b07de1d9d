use super::materialized::MaterializedView;
use super::{View, ViewColumn};
use crate::catalog::Id;
use crate::introspect::Introspect;
use crate::sql::deparse::{tidy_all, tidy_query};

impl Introspect for View {
    const QUERY: &str = include_str!("catalog.sql");

    fn tidy(&mut self, _: &Id) {
        tidy_query(&mut self.query);
        self.columns.iter_mut().for_each(ViewColumn::tidy);
    }
}

impl Introspect for MaterializedView {
    const QUERY: &str = include_str!("materialized.sql");

    fn tidy(&mut self, _: &Id) {
        tidy_query(&mut self.query);
    }
}

impl ViewColumn {
    fn tidy(&mut self) {
        tidy_all(&mut self.default);
    }
}
