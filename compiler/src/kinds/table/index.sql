-- Indexes that belong to no constraint. Each is looked up by itself, and those of constraints in one hash: a join would be at
-- the mercy of statistics that a new database does not have yet.
select i.tableoid as class, i.oid as id, n.nspname as schema, '' as parent, i.relname as name, 0::oid as owner,
  pg_catalog.concat('{"table":{"schema":', pg_catalog.to_json(n.nspname), ',"name":', pg_catalog.to_json(c.relname), '},"method":', pg_catalog.to_json(m.amname),
    case when x.indisunique then ',"unique":true' end,
    case when x.indnullsnotdistinct then ',"nulls_not_distinct":true' end, --15
    ',"keys":[', (
      select string_agg(pg_catalog.concat('{"value":',
        case when k.attnum = 0 then pg_catalog.concat('{"expression":', pg_catalog.to_json(pg_get_indexdef(x.indexrelid, k.n::int, false)), '}')
          else pg_catalog.concat('{"column":', pg_catalog.to_json(a.attname), '}') end,
        case when x.indcollation[k.n - 1] not in (0, coalesce(a.attcollation, (select t.typcollation from pg_type t where t.oid = b.atttypid)))
          then pg_catalog.concat(',"collation":', pg_catalog.to_json((x.indcollation[k.n - 1])::regcollation::text)) end,
        case when not o.opcdefault or b.attoptions is not null or o.opcintype <> coalesce(a.atttypid, b.atttypid) and exists (
            select from pg_opclass e
            where e.opcmethod = o.opcmethod and e.opcintype = coalesce(a.atttypid, b.atttypid) and e.opcdefault and e.oid <> o.oid)
          then pg_catalog.concat(',"operator_class":', pg_catalog.to_json(pg_catalog.concat(
          case when not pg_opclass_is_visible(o.oid) then quote_ident((select n.nspname from pg_namespace n where n.oid = o.opcnamespace)) || '.' end, quote_ident(o.opcname),
          (select '(' || string_agg(pg_catalog.concat(quote_ident(split_part(v, '=', 1)), '=', quote_literal(substr(v, strpos(v, '=') + 1))), ', ') || ')'
            from pg_catalog.unnest(b.attoptions) v where v not like 'pg\_%')))) end,
        case when x.indoption[k.n - 1] & 1 = 1 then ',"descending":true' end,
        case x.indoption[k.n - 1] & 3 when 2 then ',"nulls_first":true' when 1 then ',"nulls_first":false' end,
        '}'), ',' order by k.n)
      from pg_catalog.unnest(x.indkey::int2[]) with ordinality k(attnum, n)
      join pg_attribute b on b.attrelid = x.indexrelid and b.attnum = k.n
      left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum and k.attnum <> 0
      join pg_opclass o on o.oid = x.indclass[k.n - 1]
      where k.n <= x.indnkeyatts), ']',
    case when x.indnatts > x.indnkeyatts then pg_catalog.concat(',"include":', (
      select pg_catalog.json_agg(a.attname order by u.n)
      from pg_catalog.unnest(x.indkey::int2[]) with ordinality u(attnum, n)
      join pg_attribute a on a.attrelid = x.indrelid and a.attnum = u.attnum
      where u.n > x.indnkeyatts)) end,
    case when x.indpred is not null then pg_catalog.concat(',"predicate":', pg_catalog.to_json(pg_get_expr(x.indpred, x.indrelid))) end,
    case when i.reloptions is not null then pg_catalog.concat(',"options":', (
      select pg_catalog.json_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) from pg_catalog.unnest(i.reloptions) o)) end,
    case when i.reltablespace <> 0 then pg_catalog.concat(',"tablespace":', (select pg_catalog.to_json(s.spcname) from pg_tablespace s where s.oid = i.reltablespace)) end,
    case when p.oid is not null then pg_catalog.concat(',"attached_to":{"schema":', pg_catalog.to_json(pn.nspname), ',"name":', pg_catalog.to_json(p.relname), '}') end,
    case when x.indexprs is not null then (select ',"statistics":' || pg_catalog.json_object_agg(a.attnum, a.attstattarget order by a.attnum)::text
      from pg_attribute a where a.attrelid = x.indexrelid and a.attstattarget >= 0 and a.attnum > 0) end,
    '}') as body
from pg_index x
join pg_class i on i.oid = x.indexrelid
join pg_class c on c.oid = x.indrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_am m on m.oid = i.relam
left join pg_inherits h on h.inhrelid = x.indexrelid
left join pg_class p on p.oid = h.inhparent
left join pg_namespace pn on pn.oid = p.relnamespace
where x.indexrelid not in (select conindid from pg_constraint where contype in ('p', 'u', 'x')) and (x.indisvalid or c.relkind = 'p') and x.indisready
  and c.relpersistence <> 't' and c.relkind <> 't' and x.indexrelid >= 16384 and n.nspname not like 'pg\_%'
