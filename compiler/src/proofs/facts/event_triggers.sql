-- Every event trigger that somebody wrote: not those of extensions.
select
  t.oid, t.evtname::text, t.evtevent::text, t.evtenabled::text, coalesce(t.evttags, '{}') as tags,
  quote_ident(pg_get_userbyid(t.evtowner)) as owner,
  p.oid as function_oid, n.nspname::text as function_schema, p.proname::text as function_name, l.lanname::text as language,
  obj_description(t.oid, 'pg_event_trigger') as comment
from pg_event_trigger as t
join pg_proc as p on p.oid = t.evtfoid
join pg_namespace as n on n.oid = p.pronamespace
join pg_language as l on l.oid = p.prolang
where not exists (
  select from pg_depend as d where d.deptype = 'e' and d.classid = 'pg_event_trigger'::regclass and d.objid = t.oid
)
order by t.evtname collate "C"
