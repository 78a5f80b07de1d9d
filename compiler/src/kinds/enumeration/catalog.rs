use super::Enum;
use crate::introspect::Introspect;

impl Introspect for Enum {
    const QUERY: &str = include_str!("catalog.sql");
}
