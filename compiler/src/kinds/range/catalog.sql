-- Range types.
select t.tableoid as class, t.oid as id, n.nspname as schema, '' as parent, t.typname as name, t.typowner as owner,
  pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'subtype', format_type(r.rngsubtype, -1),
    'operator_class', case when not o.opcdefault then (
      select pg_catalog.json_build_object('schema', s.nspname, 'name', o.opcname) from pg_namespace s where s.oid = o.opcnamespace) end,
    'collation', case when r.rngcollation <> b.typcollation then r.rngcollation::regcollation::text end,
    'canonical', (select pg_catalog.json_build_object('schema', s.nspname, 'name', p.proname)
      from pg_proc p join pg_namespace s on s.oid = p.pronamespace where p.oid = r.rngcanonical),
    'subtype_diff', (select pg_catalog.json_build_object('schema', s.nspname, 'name', p.proname)
      from pg_proc p join pg_namespace s on s.oid = p.pronamespace where p.oid = r.rngsubdiff),
    'multirange', (select m.typname from pg_type m where m.oid = r.rngmultitypid)))::text as body
from pg_type t
join pg_namespace n on n.oid = t.typnamespace
join pg_range r on r.rngtypid = t.oid
join pg_type b on b.oid = r.rngsubtype
join pg_opclass o on o.oid = r.rngsubopc
where t.typtype = 'r' and t.oid >= 16384 and n.nspname not like 'pg\_%'
