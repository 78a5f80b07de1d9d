-- Schemas. The owner of public is said where it is not the one that initdb gives it (pg_database_owner, or before 15 the
-- bootstrap superuser).
select n.tableoid as class, n.oid as id, '' as schema, '' as parent, n.nspname as name,
  case when n.nspname = 'public' and n.nspowner = 6171 then 0 else n.nspowner end as owner, --15
  case when n.nspname = 'public' and n.nspowner = 10 then 0 else n.nspowner end as owner, --<15
  '{}' as body
from pg_namespace n
where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
