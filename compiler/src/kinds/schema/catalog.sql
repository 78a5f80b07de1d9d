-- Schemas. Before 15 the owner of public is said where it is not the one that initdb gives it, the bootstrap superuser.
select n.tableoid as class, n.oid as id, '' as schema, '' as parent, n.nspname as name,
  n.nspowner as owner, --15
  case when n.nspname = 'public' and n.nspowner = 10 then 0 else n.nspowner end as owner, --<15
  '{}' as body
from pg_namespace n
where n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'
