-- Aggregates. Parameters have the names and forms of CREATE AGGREGATE.
select p.tableoid as class, p.oid as id, n.nspname as schema, '' as parent,
  pg_catalog.concat(p.proname, '(', (
    select string_agg(format_type(a.type, -1), ', ' order by a.n) from pg_catalog.unnest(p.proargtypes::oid[]) with ordinality a(type, n)), ')') as name, p.proowner as owner,
  pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
    'name', p.proname,
    'arguments', (select coalesce(pg_catalog.json_agg(g.fact order by g.n), '[]')
      from pg_catalog.unnest(args.facts) with ordinality g(fact, n) where a.aggkind = 'n' or g.n <= a.aggnumdirectargs),
    'order_by', case when a.aggkind <> 'n' then (select coalesce(pg_catalog.json_agg(g.fact order by g.n), '[]')
      from pg_catalog.unnest(args.facts) with ordinality g(fact, n) where g.n > a.aggnumdirectargs) end,
    'parallel', case p.proparallel when 's' then 'safe' when 'r' then 'restricted' else 'unsafe' end,
    'parameters', pg_catalog.json_build_object(
      'sfunc', a.aggtransfn,
      'stype', format_type(a.aggtranstype, -1),
      'sspace', nullif(a.aggtransspace, 0)::text,
      'finalfunc', nullif(a.aggfinalfn, 0)::regproc,
      'finalfunc_extra', case when a.aggfinalextra then 'true' end,
      'finalfunc_modify', case when a.aggfinalfn <> 0 and a.aggfinalmodify <> case when a.aggkind = 'n' then 'r' else 'w' end
        then case a.aggfinalmodify when 'r' then 'read_only' when 's' then 'shareable' else 'read_write' end end,
      'combinefunc', nullif(a.aggcombinefn, 0)::regproc,
      'serialfunc', nullif(a.aggserialfn, 0)::regproc,
      'deserialfunc', nullif(a.aggdeserialfn, 0)::regproc,
      'initcond', quote_literal(a.agginitval),
      'msfunc', nullif(a.aggmtransfn, 0)::regproc,
      'minvfunc', nullif(a.aggminvtransfn, 0)::regproc,
      'mstype', case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, -1) end,
      'msspace', nullif(a.aggmtransspace, 0)::text,
      'mfinalfunc', nullif(a.aggmfinalfn, 0)::regproc,
      'mfinalfunc_extra', case when a.aggmfinalextra then 'true' end,
      'mfinalfunc_modify', case when a.aggmfinalfn <> 0 and a.aggmfinalmodify <> case when a.aggkind = 'n' then 'r' else 'w' end
        then case a.aggmfinalmodify when 'r' then 'read_only' when 's' then 'shareable' else 'read_write' end end,
      'minitcond', quote_literal(a.aggminitval),
      'sortop', case when a.aggsortop <> 0 then (
        select pg_catalog.concat('OPERATOR(', quote_ident(s.nspname), '.', o.oprname, ')')
        from pg_operator o join pg_namespace s on s.oid = o.oprnamespace where o.oid = a.aggsortop) end,
      'hypothetical', case when a.aggkind = 'h' then 'true' end)))::text as body
from pg_aggregate a
join pg_proc p on p.oid = a.aggfnoid
join pg_namespace n on n.oid = p.pronamespace
cross join lateral (
  select array_agg(pg_catalog.json_build_object(
    'name', coalesce(p.proargnames[u.n], ''),
    'mode', case p.proargmodes[u.n] when 'v' then 'variadic' else 'in' end,
    'type', format_type(u.type, -1)) order by u.n) as facts
  from pg_catalog.unnest(p.proargtypes::oid[]) with ordinality u(type, n)
) args
where p.oid >= 16384 and n.nspname not like 'pg\_%'
  and not exists (select from pg_depend d where d.classid = p.tableoid and d.objid = p.oid and d.deptype = 'e')
