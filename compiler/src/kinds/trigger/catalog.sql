-- Triggers, without the internal ones and a partitioned table's clones on its partitions.
-- tgtype's bits: 1 row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate, 64 instead of.
select t.tableoid as class, t.oid as id, n.nspname as schema, c.relname as parent, t.tgname as name, 0::oid as owner,
  pg_catalog.concat('{"timing":', case when t.tgtype & 2 > 0 then '"before"' when t.tgtype & 64 > 0 then '"instead_of"' else '"after"' end,
    ',"events":{"insert":', (t.tgtype & 4 > 0)::text, ',"delete":', (t.tgtype & 8 > 0)::text, ',"update":', (t.tgtype & 16 > 0)::text, ',"truncate":', (t.tgtype & 32 > 0)::text,
    case when t.tgattr[0] is not null then pg_catalog.concat(',"update_of":', (
      select pg_catalog.json_agg(a.attname order by k.n)
      from pg_catalog.unnest(t.tgattr::int2[]) with ordinality k(attnum, n)
      join pg_attribute a on a.attrelid = t.tgrelid and a.attnum = k.attnum)) end, '}',
    case when t.tgtype & 1 > 0 then ',"for_each_row":true' end,
    case when t.tgqual is not null then pg_catalog.concat(',"when":', pg_catalog.to_json(
      substring(pg_get_triggerdef(t.oid) from ' WHEN \((.*)\) EXECUTE FUNCTION '))) end,
    ',"function":{"schema":', pg_catalog.to_json(pn.nspname), ',"name":', pg_catalog.to_json(p.proname), '}',
    case when t.tgnargs > 0 then pg_catalog.concat(',"arguments":', (
      select pg_catalog.json_agg(convert_from(decode(replace(a, ' ', ''), 'hex'), getdatabaseencoding()) order by n)
      from regexp_split_to_table(regexp_replace(encode(t.tgargs, 'hex'), '(..)', '\1 ', 'g'), '00 ') with ordinality u(a, n)
      where n <= t.tgnargs)) end,
    case when t.tgconstraint <> 0 then ',"constraint":true' end,
    case when t.tgdeferrable then ',"deferrable":true' end,
    case when t.tginitdeferred then ',"initially_deferred":true' end,
    case when t.tgconstrrelid <> 0 then pg_catalog.concat(',"from_table":', (
      select pg_catalog.json_build_object('schema', fn.nspname, 'name', f.relname)
      from pg_class f join pg_namespace fn on fn.oid = f.relnamespace where f.oid = t.tgconstrrelid)) end,
    case when t.tgoldtable is not null then pg_catalog.concat(',"old_table":', pg_catalog.to_json(t.tgoldtable)) end,
    case when t.tgnewtable is not null then pg_catalog.concat(',"new_table":', pg_catalog.to_json(t.tgnewtable)) end,
    case t.tgenabled when 'D' then ',"enabled":"disabled"' when 'R' then ',"enabled":"replica"' when 'A' then ',"enabled":"always"' end,
    '}') as body
from pg_trigger t
join pg_class c on c.oid = t.tgrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_proc p on p.oid = t.tgfoid
join pg_namespace pn on pn.oid = p.pronamespace
where not t.tgisinternal and t.tgparentid = 0 and c.relpersistence <> 't' and t.oid >= 16384 and n.nspname not like 'pg\_%'
