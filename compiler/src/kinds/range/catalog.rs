use super::Range;
use crate::introspect::Introspect;

impl Introspect for Range {
    const QUERY: &str = include_str!("catalog.sql");
}
