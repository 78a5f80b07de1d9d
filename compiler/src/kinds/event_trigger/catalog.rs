use super::EventTrigger;
use crate::introspect::Introspect;

impl Introspect for EventTrigger {
    const QUERY: &str = include_str!("catalog.sql");
}
