-- Every function and procedure that no trigger runs, that somebody wrote.
select
  p.oid, n.nspname::text, p.proname::text, pg_get_function_identity_arguments(p.oid) as identity_arguments,
  format('%s(%s)', p.proname, oidvectortypes(p.proargtypes)) as signature,
  pg_get_function_arguments(p.oid) as arguments, coalesce(pg_get_function_result(p.oid), '') as result,
  p.prokind::text, p.proretset, p.prorettype = 'bool'::regtype as is_boolean, p.prorettype = 'void'::regtype as is_void,
  case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
  l.lanname::text, pg_get_functiondef(p.oid) as definition
from pg_proc as p
join pg_namespace as n on n.oid = p.pronamespace
join pg_language as l on l.oid = p.prolang
where p.prokind in ('f', 'p')
  and n.nspname not in ('pg_catalog', 'information_schema')
  and n.nspname not like 'pg\_temp\_%'
  and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
  and l.lanname not in ('c', 'internal')
  and not exists (
    select from pg_depend as d where d.deptype = 'e' and d.classid = 'pg_proc'::regclass and d.objid = p.oid
  )
order by n.nspname collate "C", p.proname collate "C", p.oid
