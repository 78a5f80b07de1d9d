use super::Collation;
use crate::introspect::Introspect;

impl Introspect for Collation {
    const QUERY: &str = include_str!("catalog.sql");
}
