-- Domains.
select t.tableoid as class, t.oid as id, n.nspname as schema, '' as parent, t.typname as name, t.typowner as owner,
  pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'type', format_type(t.typbasetype, t.typtypmod),
    'collation', case when t.typcollation <> b.typcollation then t.typcollation::regcollation::text end,
    'default', coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)),
    'not_null', t.typnotnull,
    'not_null_name', named.conname, 'not_null_comment', named.description, --17
    'checks', (
      select pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', con.conname, 'expression', pg_get_expr(con.conbin, 0), 'not_valid', not con.convalidated, 'comment', d.description) order by con.conname)
      from pg_constraint con
      left join pg_description d on d.classoid = con.tableoid and d.objoid = con.oid
      where con.contypid = t.oid and con.contype = 'c')))::text as body
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
join pg_type b on b.oid = t.typbasetype
left join lateral ( --17
  select con.conname, d.description --17
  from pg_constraint con --17
  left join pg_description d on d.classoid = con.tableoid and d.objoid = con.oid --17
  where con.contypid = t.oid and con.contype = 'n' limit 1) named on true --17
where t.typtype = 'd' and t.oid >= 16384 and n.nspname not like 'pg\_%'
