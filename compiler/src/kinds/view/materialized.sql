-- Materialized views.
select c.tableoid as class, c.oid as id, n.nspname as schema, '' as parent, c.relname as name, c.relowner as owner,
  pg_catalog.concat('{"query":', pg_catalog.to_json(rtrim(ltrim(pg_get_viewdef(c.oid)), ';')),
    ',"columns":', coalesce((
      select pg_catalog.json_agg(pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'statistics', case when a.attstattarget >= 0 then a.attstattarget end,
        'storage', case when a.attstorage <> t.typstorage then
          case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end end,
        'comment', d.description,
        'privileges', case when a.attacl is not null then pg_catalog.json_build_object('granted', (
          select pg_catalog.json_agg(pg_catalog.json_build_object('grantee', coalesce(r.rolname, 'public'), 'privilege', lower(g.privilege_type), 'grantable', g.is_grantable))
          from aclexplode(a.attacl) g left join pg_roles r on r.oid = g.grantee)) end)) order by a.attnum)::text
      from pg_attribute a
      join pg_type t on t.oid = a.atttypid
      left join pg_description d on d.classoid = c.tableoid and d.objoid = c.oid and d.objsubid = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]'),
    case when c.reloptions is not null or w.reloptions is not null then pg_catalog.concat(',"options":', (
      select pg_catalog.json_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
      from (select o from pg_catalog.unnest(c.reloptions) o union all select 'toast.' || o from pg_catalog.unnest(w.reloptions) o) options)) end,
    case when c.reltablespace <> 0 then pg_catalog.concat(',"tablespace":', (select pg_catalog.to_json(s.spcname) from pg_tablespace s where s.oid = c.reltablespace)) end,
    case when m.amname <> 'heap' then pg_catalog.concat(',"access_method":', pg_catalog.to_json(m.amname)) end,
    case when not c.relispopulated then ',"with_no_data":true' end,
    (select pg_catalog.concat(',"clustered_on":', pg_catalog.to_json(i.relname))
      from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid and x.indisclustered),
    '}') as body
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join pg_am m on m.oid = c.relam
left join pg_class w on w.oid = c.reltoastrelid and w.reloptions is not null
where c.relkind = 'm' and c.oid >= 16384 and n.nspname not like 'pg\_%'
