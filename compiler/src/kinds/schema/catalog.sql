-- Schemas.
select n.tableoid as class, n.oid as id, '' as schema, '' as parent, n.nspname as name, n.nspowner as owner, '{}' as body
from pg_namespace n
where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
