-- Functions and procedures, those of extensions left out here because there can be thousands.
select p.tableoid as class, p.oid as id, n.nspname as schema, '' as parent,
  pg_catalog.concat(p.proname, '(', (
    select string_agg(format_type(a.type, -1), ', ' order by a.n) from pg_catalog.unnest(p.proargtypes::oid[]) with ordinality a(type, n)), ')') as name, p.proowner as owner,
  pg_catalog.concat('{"name":', pg_catalog.to_json(p.proname),
    case when p.prokind = 'p' then ',"procedure":true' when p.prokind = 'w' then ',"window":true' end,
    case when p.pronargs > 0 or p.proallargtypes is not null then pg_catalog.concat(',"arguments":', (
      select pg_catalog.json_agg(pg_catalog.json_build_object(
        'name', coalesce(p.proargnames[a.n], ''),
        'mode', case p.proargmodes[a.n] when 'o' then 'out' when 'b' then 'inout' when 'v' then 'variadic' when 't' then 'table' else 'in' end,
        'type', format_type(a.type, -1),
        'default', case when p.pronargdefaults > 0 then pg_get_function_arg_default(p.oid, a.n::int) end) order by a.n)
      from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality a(type, n))) end,
    case when p.prokind <> 'p' then pg_catalog.concat(',"returns":', pg_catalog.to_json(
      case when 't' = any(p.proargmodes) then (
        select pg_catalog.concat('TABLE(', string_agg(quote_ident(p.proargnames[a.n]) || ' ' || format_type(a.type, -1), ', ' order by a.n), ')')
        from pg_catalog.unnest(p.proallargtypes) with ordinality a(type, n) where p.proargmodes[a.n] = 't')
      else pg_catalog.concat(case when p.proretset then 'SETOF ' end, format_type(p.prorettype, -1)) end)) end,
    ',"language":', pg_catalog.to_json(l.lanname),
    ',"body":{', case
      when p.prosqlbody is not null then pg_catalog.concat('"atomic":', pg_catalog.to_json(pg_get_function_sqlbody(p.oid)))
      when p.probin is not null then pg_catalog.concat('"library":{"library":', pg_catalog.to_json(p.probin), ',"symbol":', pg_catalog.to_json(p.prosrc), '}')
      else pg_catalog.concat('"source":', pg_catalog.to_json(p.prosrc)) end, '}',
    case p.provolatile when 's' then ',"volatility":"stable"' when 'i' then ',"volatility":"immutable"' end,
    case when p.proisstrict then ',"strict":true' end,
    case when p.prosecdef then ',"security_definer":true' end,
    case when p.proleakproof then ',"leakproof":true' end,
    case p.proparallel when 's' then ',"parallel":"safe"' when 'r' then ',"parallel":"restricted"' end,
    case when p.procost <> case when l.lanname in ('internal', 'c') then 1 else 100 end then pg_catalog.concat(',"cost":', p.procost) end,
    case when p.proretset and p.prorows <> 1000 then pg_catalog.concat(',"rows":', p.prorows) end,
    case when p.prosupport <> 0 then pg_catalog.concat(',"support":', (
      select pg_catalog.json_build_object('schema', sn.nspname, 'name', s.proname)
      from pg_proc s join pg_namespace sn on sn.oid = s.pronamespace where s.oid = p.prosupport)) end,
    case when p.proconfig is not null then pg_catalog.concat(',"set":', (
      select pg_catalog.json_object_agg(split_part(v, '=', 1), substr(v, strpos(v, '=') + 1) order by n) from pg_catalog.unnest(p.proconfig) with ordinality u(v, n))) end,
    case when p.protrftypes is not null then pg_catalog.concat(',"transforms":', (
      select pg_catalog.json_agg(format_type(t, -1)) from pg_catalog.unnest(p.protrftypes) t)) end,
    '}') as body
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where p.prokind <> 'a' and p.oid >= 16384 and n.nspname not like 'pg\_%'
  and not exists (select from pg_depend d where d.classid = p.tableoid and d.objid = p.oid and d.deptype in ('e', 'i'))
