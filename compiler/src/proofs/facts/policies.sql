-- Every row-level-security policy that somebody wrote.
select
  p.oid, n.nspname::text, c.relname::text, p.polname::text, p.polcmd::text, p.polpermissive,
  pg_get_expr(p.polqual, p.polrelid) as using_expression,
  pg_get_expr(p.polwithcheck, p.polrelid) as check_expression,
  (
    select string_agg(case when r.role = 0 then 'public' else quote_ident(pg_get_userbyid(r.role)) end, ', ')
    from unnest(p.polroles) as r (role)
  ) as roles
from pg_policy as p
join pg_class as c on c.oid = p.polrelid
join pg_namespace as n on n.oid = c.relnamespace
where not exists (
  select from pg_depend as d where d.deptype = 'e' and d.classid = 'pg_class'::regclass and d.objid = c.oid
)
order by n.nspname collate "C", c.relname collate "C", p.polname collate "C"
