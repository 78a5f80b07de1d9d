-- Sequences that are not an identity column's. The owner of an owned one is its table's and not said.
select c.tableoid as class, c.oid as id, n.nspname as schema, '' as parent, c.relname as name, case when t.oid is null then c.relowner else 0 end as owner,
  pg_catalog.concat('{"type":', pg_catalog.to_json(format_type(s.seqtypid, null)),
    ',"start":', s.seqstart, ',"increment":', s.seqincrement, ',"min":', s.seqmin, ',"max":', s.seqmax, ',"cache":', s.seqcache,
    case when s.seqcycle then ',"cycle":true' end,
    case when t.oid is not null then pg_catalog.concat(',"owned_by":{"table":{"schema":', pg_catalog.to_json(tn.nspname),
      ',"name":', pg_catalog.to_json(t.relname), '},"column":', pg_catalog.to_json(a.attname), '}') end,
    case when c.relpersistence = 'u' then ',"unlogged":true' end,
    '}') as body
from pg_sequence s
join pg_class c on c.oid = s.seqrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')
  and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
left join pg_class t on t.oid = d.refobjid
left join pg_namespace tn on tn.oid = t.relnamespace
left join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
where c.oid >= 16384 and c.relpersistence <> 't' and n.nspname not like 'pg\_%' and d.deptype is distinct from 'i'
