use super::Raw;
use crate::introspect::Introspect;

/// Each file answers with class, oid, owner, kind, identity, the statements that make it and the one that unmakes it.
impl Introspect for Raw {
    const QUERY: &str = concat!(
        "select class, id, '' as schema, '' as parent, pg_catalog.concat(kind, ' ', identity) as name, owner,\n",
        "  pg_catalog.json_build_object('kind', kind, 'identity', identity, 'create', definition, 'drop', undo) as body from (\n",
        include_str!("catalog/cast.sql"),
        "union all\n",
        include_str!("catalog/operator.sql"),
        "union all\n",
        include_str!("catalog/operator_family.sql"),
        "union all\n",
        include_str!("catalog/operator_class.sql"),
        "union all\n",
        include_str!("catalog/text_search.sql"),
        "union all\n",
        include_str!("catalog/foreign.sql"),
        "union all\n",
        include_str!("catalog/others.sql"),
        "union all\n",
        include_str!("catalog/trigger_states.sql"),
        ") as raw"
    );
}
