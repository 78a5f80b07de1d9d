use std::collections::BTreeMap;

/// `hstore`: keys with values, each of which can be null.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hstore(pub BTreeMap<String, Option<String>>);
