use super::DefaultPrivileges;
use crate::introspect::Introspect;

impl Introspect for DefaultPrivileges {
    const QUERY: &str = include_str!("catalog.sql");
}
