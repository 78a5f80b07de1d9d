-- Every trigger that somebody wrote: not those of constraints, not the copies on partitions, not those of extensions.
select
  t.oid, n.nspname::text, c.relname::text, c.relkind = 'v' as is_view, t.tgname::text, t.tgtype::int4, t.tgenabled::text,
  t.tgdeferrable, t.tginitdeferred, t.tgconstraint <> 0 as is_constraint,
  t.tgoldtable::text, t.tgnewtable::text,
  array(
    select quote_ident(a.attname) from unnest(t.tgattr::int2[]) with ordinality as u (num, place)
    join pg_attribute as a on a.attrelid = t.tgrelid and a.attnum = u.num order by u.place
  ) as columns,
  t.tgconstrrelid::oid, (select format('%I.%I', rn.nspname, r.relname) from pg_class as r
    join pg_namespace as rn on rn.oid = r.relnamespace where r.oid = t.tgconstrrelid) as from_table,
  p.oid as function_oid, pn.nspname::text as function_schema, p.proname::text as function_name, l.lanname::text as language, p.prosrc,
  pg_get_triggerdef(t.oid) as definition,
  pg_get_functiondef(p.oid) as function_definition,
  obj_description(t.oid, 'pg_trigger') as comment
from pg_trigger as t
join pg_class as c on c.oid = t.tgrelid
join pg_namespace as n on n.oid = c.relnamespace
join pg_proc as p on p.oid = t.tgfoid
join pg_namespace as pn on pn.oid = p.pronamespace
join pg_language as l on l.oid = p.prolang
where not t.tgisinternal
  and t.tgparentid = 0
  and c.relpersistence <> 't'
  and n.nspname not in ('pg_catalog', 'information_schema')
  and not exists (
    select from pg_depend as d
    where d.deptype = 'e' and d.classid = 'pg_class'::regclass and d.objid = c.oid
  )
order by n.nspname collate "C", c.relname collate "C", t.tgname collate "C"
