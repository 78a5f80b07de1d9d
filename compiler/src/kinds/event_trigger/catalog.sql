-- Event triggers.
select t.tableoid as class, t.oid as id, '' as schema, '' as parent, t.evtname as name, t.evtowner as owner,
  pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'event', t.evtevent,
    'tags', t.evttags,
    'function', pg_catalog.json_build_object('schema', n.nspname, 'name', p.proname),
    'enabled', case t.evtenabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end))::text as body
from pg_event_trigger t
join pg_proc p on p.oid = t.evtfoid
join pg_namespace n on n.oid = p.pronamespace
