-- Row-level security policies.
select p.tableoid as class, p.oid as id, n.nspname as schema, c.relname as parent, p.polname as name, 0::oid as owner,
  pg_catalog.json_build_object(
    'restrictive', not p.polpermissive,
    'command', case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
    'roles', (select coalesce(pg_catalog.json_agg(r.rolname), '[]') from pg_roles r where r.oid = any (p.polroles)),
    'using', pg_get_expr(p.polqual, p.polrelid),
    'check', pg_get_expr(p.polwithcheck, p.polrelid))::text as body
from pg_policy p
join pg_class c on c.oid = p.polrelid
join pg_namespace n on n.oid = c.relnamespace
where p.oid >= 16384 and c.relpersistence <> 't' and n.nspname not like 'pg\_%'
