use super::Composite;
use crate::introspect::Introspect;

impl Introspect for Composite {
    const QUERY: &str = include_str!("catalog.sql");
}
