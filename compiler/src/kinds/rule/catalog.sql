-- Rewrite rules other than the views' own.
select r.tableoid as class, r.oid as id, n.nspname as schema, c.relname as parent, r.rulename as name, 0::oid as owner,
  pg_catalog.json_build_object(
    'definition', rtrim(pg_get_ruledef(r.oid), ';'),
    'enabled', case r.ev_enabled when 'D' then 'disabled' when 'R' then 'replica' when 'A' then 'always' else 'origin' end) as body
from pg_rewrite r
join pg_class c on c.oid = r.ev_class
join pg_namespace n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and r.oid >= 16384 and c.relpersistence <> 't' and n.nspname not like 'pg\_%'
