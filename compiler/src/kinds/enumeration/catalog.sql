-- Enums.
select t.tableoid as class, t.oid as id, n.nspname as schema, '' as parent, t.typname as name, t.typowner as owner,
  pg_catalog.concat('{"labels":', coalesce(
    (select pg_catalog.json_agg(e.enumlabel order by e.enumsortorder)::text from pg_enum e where e.enumtypid = t.oid), '[]'), '}') as body
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e' and t.oid >= 16384 and n.nspname not like 'pg\_%'
