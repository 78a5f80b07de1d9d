use super::Sequence;
use crate::introspect::Introspect;

impl Introspect for Sequence {
    const QUERY: &str = include_str!("catalog.sql");
}
