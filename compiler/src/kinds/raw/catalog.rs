use super::Raw;
use crate::introspect::Introspect;

impl Introspect for Raw {
    const QUERY: &str = include_str!("catalog.sql");
}
