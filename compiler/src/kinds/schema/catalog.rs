use super::Schema;
use crate::introspect::Introspect;

impl Introspect for Schema {
    const QUERY: &str = include_str!("catalog.sql");
}
