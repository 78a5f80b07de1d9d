-- Extended statistics.
select s.tableoid as class, s.oid as id, n.nspname as schema, '' as parent, s.stxname as name, s.stxowner as owner,
  pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'table', pg_catalog.json_build_object('schema', cn.nspname, 'name', c.relname),
    'kinds', case when cardinality(array_remove(s.stxkind, 'e')) < 3 then (
      select pg_catalog.json_agg(case k when 'd' then 'ndistinct' when 'f' then 'dependencies' else 'mcv' end)
      from pg_catalog.unnest(s.stxkind) k where k <> 'e') end,
    'keys', (
      select pg_catalog.json_agg(key order by n) from (
        select quote_ident(a.attname) as key, u.n
        from pg_catalog.unnest(s.stxkeys::int2[]) with ordinality u(attnum, n)
        join pg_attribute a on a.attrelid = s.stxrelid and a.attnum = u.attnum
        union all
        select '(' || e || ')', 1000 + u.n from pg_catalog.unnest(pg_get_statisticsobjdef_expressions(s.oid)) with ordinality u(e, n)) keys),
    'target', case when s.stxstattarget >= 0 then s.stxstattarget end))::text as body
from pg_statistic_ext s
join pg_class c on c.oid = s.stxrelid
join pg_namespace cn on cn.oid = c.relnamespace
join pg_namespace n on n.oid = s.stxnamespace
where c.relpersistence <> 't' and n.nspname not like 'pg\_%'
