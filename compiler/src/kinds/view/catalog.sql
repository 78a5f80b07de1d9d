-- Views.
with attribute as (
  select a.attrelid, string_agg(pg_catalog.concat(
    '{"name":', pg_catalog.to_json(a.attname), ',"type":', pg_catalog.to_json(format_type(a.atttypid, a.atttypmod)),
    case when d.adbin is not null then pg_catalog.concat(',"default":', pg_catalog.to_json(pg_get_expr(d.adbin, d.adrelid))) end,
    case when c.description is not null then pg_catalog.concat(',"comment":', pg_catalog.to_json(c.description)) end,
    case when a.attacl is not null then pg_catalog.concat(',"privileges":{"granted":', (
      select pg_catalog.json_agg(pg_catalog.json_build_object('grantee', coalesce(r.rolname, 'public'), 'privilege', lower(g.privilege_type), 'grantable', g.is_grantable))
      from aclexplode(a.attacl) g left join pg_roles r on r.oid = g.grantee), '}') end,
    '}'), ',' order by a.attnum) as columns
  from pg_attribute a
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_description c on c.objoid = a.attrelid and c.classoid = 'pg_class'::regclass and c.objsubid = a.attnum
  where a.attnum > 0 and not a.attisdropped and a.attrelid >= 16384
    and a.attrelid in (select oid from pg_class where relkind = 'v')
  group by a.attrelid
)
select c.tableoid as class, c.oid as id, n.nspname as schema, '' as parent, c.relname as name, c.relowner as owner,
  pg_catalog.concat('{"query":', pg_catalog.to_json(rtrim(ltrim(pg_get_viewdef(c.oid)), ';')), ',"columns":[', a.columns, ']',
    case when c.reloptions is not null then pg_catalog.concat(',"options":', (
      select pg_catalog.json_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) from pg_catalog.unnest(c.reloptions) o)) end,
    '}') as body
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join attribute a on a.attrelid = c.oid
where c.relkind = 'v' and c.relpersistence <> 't' and c.oid >= 16384 and n.nspname not like 'pg\_%'
  and not exists (select from pg_depend d where d.classid = c.tableoid and d.objid = c.oid and d.deptype = 'e')
