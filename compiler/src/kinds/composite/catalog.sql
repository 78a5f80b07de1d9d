-- Free-standing composite types.
select t.tableoid as class, t.oid as id, n.nspname as schema, '' as parent, t.typname as name, t.typowner as owner,
  pg_catalog.concat('{"attributes":', coalesce((
    select pg_catalog.json_agg(pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
      'name', a.attname,
      'type', format_type(a.atttypid, a.atttypmod),
      'collation', case when a.attcollation <> b.typcollation then a.attcollation::regcollation::text end,
      'comment', d.description)) order by a.attnum)::text
    from pg_attribute a
    join pg_type b on b.oid = a.atttypid
    left join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = a.attrelid and d.objsubid = a.attnum
    where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped), '[]'), '}') as body
from pg_type t
join pg_class c on c.oid = t.typrelid and c.relkind = 'c'
join pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'c' and t.oid >= 16384 and n.nspname not like 'pg\_%'
