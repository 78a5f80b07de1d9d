use super::Extension;
use crate::introspect::Introspect;

impl Introspect for Extension {
    const QUERY: &str = include_str!("catalog.sql");
}
