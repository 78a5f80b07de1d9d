use super::Role;
use crate::introspect::Introspect;

impl Introspect for Role {
    const QUERY: &str = include_str!("catalog.sql");
}
