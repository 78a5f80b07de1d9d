-- Constraints of tables. Those that exist only because of a parent are no objects, save keys with an index of their own.
-- Names of columns are looked up one by one, in the order of the array: for the one or two of a usual key that takes half the time
-- of a join and a group. Few joins at a time, because most of the time of a small database's query is the planning of joins.
with element as (
  select con.oid, string_agg(pg_catalog.concat('{"value":',
    case when k.attnum = 0 then pg_catalog.concat('{"expression":', pg_catalog.to_json(pg_get_indexdef(x.indexrelid, k.n::int, false)), '}')
      else pg_catalog.concat('{"column":', pg_catalog.to_json(a.attname), '}') end,
    case when x.indcollation[k.n - 1] not in (0, (select t.typcollation from pg_type t where t.oid = i.atttypid), coalesce(a.attcollation, 0))
      then pg_catalog.concat(',"collation":', pg_catalog.to_json((x.indcollation[k.n - 1])::regcollation::text)) end,
    case when not o.opcdefault or exists (
        select from pg_opclass e
        where e.opcmethod = o.opcmethod and e.opcintype = coalesce(a.atttypid, i.atttypid) and e.opcdefault and e.oid <> o.oid)
      then pg_catalog.concat(',"operator_class":', pg_catalog.to_json(pg_catalog.concat(
        case when not pg_opclass_is_visible(o.oid) then (select quote_ident(n.nspname) || '.' from pg_namespace n where n.oid = o.opcnamespace) end, quote_ident(o.opcname)))) end,
    ',"operator":', (
      select pg_catalog.to_json(case when pg_operator_is_visible(p.oid) then p.oprname::text else pg_catalog.concat('OPERATOR(', p.oprnamespace::regnamespace, '.', p.oprname, ')') end)
      from pg_operator p where p.oid = con.conexclop[k.n]),
    '}'), ',' order by k.n) as elements
  from pg_constraint con
  join pg_index x on x.indexrelid = con.conindid
  cross join lateral pg_catalog.unnest(x.indkey::int2[]) with ordinality k(attnum, n)
  join pg_attribute i on i.attrelid = x.indexrelid and i.attnum = k.n
  left join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum and k.attnum <> 0
  join pg_opclass o on o.oid = x.indclass[k.n - 1]
  where con.contype = 'x' and k.n <= x.indnkeyatts
  group by con.oid
), index as (
  select x.indexrelid, pg_catalog.concat(
    case when x.indnatts > x.indnkeyatts then pg_catalog.concat(',"include":', (
      select pg_catalog.json_agg(a.attname order by k.n)
      from pg_catalog.unnest(x.indkey::int2[]) with ordinality k(attnum, n)
      join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum
      where k.n > x.indnkeyatts)) end,
    case when i.reloptions is not null then pg_catalog.concat(',"options":', (
      select pg_catalog.json_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) from pg_catalog.unnest(i.reloptions) o)) end,
    case when i.reltablespace <> 0 then pg_catalog.concat(',"tablespace":', (select pg_catalog.to_json(s.spcname) from pg_tablespace s where s.oid = i.reltablespace)) end,
    case when i.relispartition then pg_catalog.concat(',"attached_to":', (
      select pg_catalog.json_build_object('schema', n.nspname, 'name', p.relname)
      from pg_inherits h join pg_class p on p.oid = h.inhparent join pg_namespace n on n.oid = p.relnamespace
      where h.inhrelid = i.oid)) end,
    (select ',"comment":' || pg_catalog.to_json(d.description)::text from pg_description d
      where d.classoid = 'pg_class'::regclass and d.objoid = x.indexrelid and d.objsubid = 0)
  ) as facts, i.relam, x.indpred, x.indrelid
  , x.indnullsnotdistinct --15
  , false as indnullsnotdistinct --<15
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
)
select con.tableoid as class, con.oid as id, n.nspname as schema, c.relname as parent, con.conname as name, 0::oid as owner,
  pg_catalog.concat('{"rule":{',
    case con.contype
      when 'c' then pg_catalog.concat('"check":{"expression":', pg_catalog.to_json(pg_get_expr(con.conbin, con.conrelid)),
        case when con.connoinherit then ',"no_inherit":true' end)
      when 'f' then pg_catalog.concat('"foreign_key":{"columns":', pg_catalog.to_json(array(
          select (select a.attname from pg_attribute a where a.attrelid = con.conrelid and a.attnum = k) from pg_catalog.unnest(con.conkey) k)),
        ',"references":', (
          select pg_catalog.json_build_object('schema', rn.nspname, 'name', r.relname)
          from pg_class r join pg_namespace rn on rn.oid = r.relnamespace where r.oid = con.confrelid),
        ',"referenced_columns":', pg_catalog.to_json(array(
          select (select a.attname from pg_attribute a where a.attrelid = con.confrelid and a.attnum = k) from pg_catalog.unnest(con.confkey) k)),
        case when con.confmatchtype = 'f' then ',"match_full":true' end,
        case con.confupdtype when 'r' then ',"on_update":"restrict"' when 'c' then ',"on_update":"cascade"'
          when 'n' then ',"on_update":"set_null"' when 'd' then ',"on_update":"set_default"' end,
        case con.confdeltype when 'r' then ',"on_delete":"restrict"' when 'c' then ',"on_delete":"cascade"'
          when 'n' then ',"on_delete":"set_null"' when 'd' then ',"on_delete":"set_default"' end
        , case when con.confdelsetcols is not null then pg_catalog.concat(',"on_delete_columns":', pg_catalog.to_json(array( --15
          select (select a.attname from pg_attribute a where a.attrelid = con.conrelid and a.attnum = k) from pg_catalog.unnest(con.confdelsetcols) k))) end --15
        , case when con.conperiod then ',"period":true' end --18
      )
      when 'x' then pg_catalog.concat('"exclusion":{"method":', (select pg_catalog.to_json(m.amname) from pg_am m where m.oid = b.relam), ',"elements":[', e.elements, ']',
        case when b.indpred is not null then pg_catalog.concat(',"predicate":', pg_catalog.to_json(pg_get_expr(b.indpred, b.indrelid))) end, b.facts)
      else pg_catalog.concat(case con.contype when 'p' then '"primary_key"' else '"unique"' end, ':{"columns":', pg_catalog.to_json(array(
          select (select a.attname from pg_attribute a where a.attrelid = con.conrelid and a.attnum = k) from pg_catalog.unnest(con.conkey) k)),
        case when b.indnullsnotdistinct then ',"nulls_not_distinct":true' end,
        case when con.conperiod then ',"without_overlaps":true' end, --18
        b.facts)
    end, '}}',
    case when con.condeferrable then ',"deferrable":true' end,
    case when con.condeferred then ',"initially_deferred":true' end,
    case when not con.convalidated and con.contype in ('c', 'f') --<18
    case when not con.convalidated and con.contype in ('c', 'f') and con.conenforced --18
      then ',"not_valid":true' end,
    case when not con.conenforced then ',"not_enforced":true' end, --18
    case when con.coninhcount > 0 then ',"inherited":true' end,
    '}') as body
from pg_constraint con
join pg_class c on c.oid = con.conrelid
join pg_namespace n on n.oid = c.relnamespace
left join index b on b.indexrelid = con.conindid and con.contype in ('p', 'u', 'x')
left join element e on e.oid = con.oid
where con.contype in ('p', 'u', 'f', 'c', 'x') and con.conrelid >= 16384 and c.relpersistence <> 't' and n.nspname not like 'pg\_%'
  and (con.contype in ('p', 'u', 'x') or (con.conparentid = 0 and con.conislocal))
