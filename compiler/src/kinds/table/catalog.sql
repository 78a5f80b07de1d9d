-- Tables (relkind r, p, f) with their columns.
with not_null as ( --18
  select con.conrelid, con.conkey[1] as attnum, pg_catalog.json_strip_nulls(pg_catalog.json_build_object( --18
    'constraint', case when con.conname <> coalesce(parent.conname, pg_catalog.concat(c.relname, '_', a.attname, '_not_null')) and (parent.is_all is null or c.relispartition) then con.conname end, --18
    'no_inherit', nullif(con.connoinherit, false), 'not_valid', nullif(not con.convalidated, false), 'inherited', parent.is_all, 'comment', d.description)) as said --18
  from pg_constraint con --18
  join pg_class c on c.oid = con.conrelid --18
  join pg_attribute a on a.attrelid = con.conrelid and a.attnum = con.conkey[1] --18
  left join pg_description d on d.classoid = con.tableoid and d.objoid = con.oid --18
  left join lateral ( --18
    select p.conname, true as is_all --18
    from pg_inherits h --18
    join pg_constraint p on p.conrelid = h.inhparent and p.contype = 'n' and not p.connoinherit --18
    join pg_attribute o on o.attrelid = p.conrelid and o.attnum = p.conkey[1] and o.attname = a.attname --18
    where h.inhrelid = con.conrelid and con.coninhcount > 0 and (c.relispartition or not con.conislocal) --18
    order by h.inhseqno limit 1) parent on true --18
  where con.contype = 'n' and con.conrelid >= 16384 --18
    and (con.conname <> pg_catalog.concat(c.relname, '_', a.attname, '_not_null') --18
      or con.connoinherit or not con.convalidated or con.coninhcount > 0 or d.description is not null) --18
), attribute as ( --18
with attribute as ( --<18
  select a.attrelid, string_agg(pg_catalog.concat(
    '{"name":', pg_catalog.to_json(a.attname), ',"type":', pg_catalog.to_json(format_type(a.atttypid, a.atttypmod)),
    case when not a.attnotnull then ',"nullable":true' end,
    ',"not_null":' || n.said::text, --18
    -- A default names no column, so that the table need not be opened.
    case when a.attgenerated = '' and d.adbin is not null then pg_catalog.concat(',"default":', pg_catalog.to_json(pg_get_expr(d.adbin, 0))) end,
    case when a.attidentity <> '' then (
      select pg_catalog.concat(
        ',"identity":{"always":', (a.attidentity = 'a')::text, ',"sequence":', pg_catalog.to_json(q.relname), ',"start":', s.seqstart, ',"increment":', s.seqincrement,
        ',"min":', s.seqmin, ',"max":', s.seqmax, ',"cache":', s.seqcache, ',"cycle":', s.seqcycle::text,
        case when q.relacl is not null then (
          with is_ as (select grantee, privilege_type, is_grantable from aclexplode(q.relacl)),
            was as (select grantee, privilege_type, is_grantable from aclexplode(acldefault('s', q.relowner))),
            other as (
              select 'granted' as what, is_.* from is_ except select 'granted', was.* from was
              union all
              (select 'revoked', was.* from was except select 'revoked', is_.* from is_))
          select pg_catalog.concat(',"privileges":', pg_catalog.json_object_agg(what, grants)) from (
            select what, pg_catalog.json_agg(pg_catalog.json_build_object('grantee', case when grantee = q.relowner then '@owner' else coalesce(r.rolname, 'public') end,
              'privilege', lower(privilege_type), 'grantable', is_grantable)) as grants
            from other left join pg_roles r on r.oid = grantee group by what) whats having count(*) > 0) end, '}')
      from pg_depend d
      join pg_sequence s on s.seqrelid = d.objid
      join pg_class q on q.oid = d.objid
      where d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
        and d.classid = 'pg_class'::regclass and d.deptype = 'i') end,
    case when c.description is not null then pg_catalog.concat(',"comment":', pg_catalog.to_json(c.description)) end,
    -- What few columns have, so that the others are asked once.
    case when a.attgenerated <> '' or a.attcollation <> t.typcollation or a.attstorage <> t.typstorage or a.attcompression <> '' or a.attstattarget >= 0
        or not a.attislocal or a.attacl is not null or a.attfdwoptions is not null or pg_catalog.array_to_string(a.attoptions, ',') like '%n_distinct%' then pg_catalog.concat(
      case when a.attgenerated <> '' then pg_catalog.concat(
        ',"generated":{"expression":', pg_catalog.to_json(pg_get_expr(d.adbin, d.adrelid)), ',"is_virtual":', (a.attgenerated = 'v')::text, '}') end,
      case when a.attcollation <> t.typcollation then pg_catalog.concat(',"collation":', pg_catalog.to_json(a.attcollation::regcollation::text)) end,
      case when a.attstorage <> t.typstorage then
        case a.attstorage when 'p' then ',"storage":"plain"' when 'e' then ',"storage":"external"' when 'x' then ',"storage":"extended"' else ',"storage":"main"' end end,
      case a.attcompression when 'p' then ',"compression":"pglz"' when 'l' then ',"compression":"lz4"' end,
      case when a.attstattarget >= 0 then pg_catalog.concat(',"statistics":', a.attstattarget) end,
      case when a.attoptions is not null then pg_catalog.concat(',"options":', (
        select coalesce(pg_catalog.json_object_agg(split_part(o, '=', 1), split_part(o, '=', 2) order by n)::text, '{}')
        from pg_catalog.unnest(a.attoptions) with ordinality u(o, n) where o like 'n_distinct%')) end,
      case when a.attfdwoptions is not null then pg_catalog.concat(',"foreign_options":', (
        select pg_catalog.json_object_agg(option_name, option_value) from pg_options_to_table(a.attfdwoptions))) end,
      case when not a.attislocal then ',"inherited":true' end,
      case when a.attacl is not null then pg_catalog.concat(',"privileges":{"granted":', (
        select pg_catalog.json_agg(pg_catalog.json_build_object('grantee', coalesce(r.rolname, 'public'), 'privilege', lower(g.privilege_type), 'grantable', g.is_grantable))
        from aclexplode(a.attacl) g left join pg_roles r on r.oid = g.grantee), '}') end) end,
    '}'), ',' order by a.attnum) as columns
  from pg_attribute a
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_description c on c.objoid = a.attrelid and c.classoid = 'pg_class'::regclass and c.objsubid = a.attnum
  left join not_null n on n.conrelid = a.attrelid and n.attnum = a.attnum --18
  where a.attnum > 0 and not a.attisdropped and a.attrelid >= 16384
    and a.attrelid in (select oid from pg_class where relkind in ('r', 'p', 'f'))
  group by a.attrelid
), parent as (
  select h.inhrelid, string_agg(pg_catalog.json_build_object('schema', n.nspname, 'name', c.relname)::text, ',' order by h.inhseqno) as names
  from pg_inherits h
  join pg_class c on c.oid = h.inhparent and c.relkind in ('r', 'p', 'f')
  join pg_namespace n on n.oid = c.relnamespace
  group by h.inhrelid
), clustered as (
  select x.indrelid, (select pg_catalog.to_json(i.relname) from pg_class i where i.oid = x.indexrelid) as on_index
  from pg_index x
  where x.indisclustered
)
select c.tableoid as class, c.oid as id, n.nspname as schema, '' as parent, c.relname as name, c.relowner as owner,
  pg_catalog.concat('{"columns":[', a.columns, ']',
    case when c.relpersistence = 'u' then ',"unlogged":true' end,
    case when c.relkind = 'p' then pg_catalog.concat(',"partition_by":{"strategy":',
      (select case p.partstrat when 'r' then '"range"' when 'l' then '"list"' else '"hash"' end from pg_partitioned_table p where p.partrelid = c.oid),
      ',"keys":[', pg_catalog.to_json(pg_get_partkeydef(c.oid)), ']}') end,
    case
      when c.relispartition then pg_catalog.concat(
        ',"partition_of":{"parent":', p.names, ',"bound":', pg_catalog.to_json(pg_get_expr(c.relpartbound, c.oid)), '}',
        ',"validated_checks":' || (
          select pg_catalog.json_agg(k.conname order by k.conname)::text
          from pg_constraint k
          join pg_inherits h on h.inhrelid = k.conrelid
          join pg_constraint p on p.conrelid = h.inhparent and p.conname = k.conname and p.contype = 'c' and not p.convalidated
          where k.conrelid = c.oid and k.contype = 'c' and k.convalidated and not k.conislocal))
      when p.names is not null then pg_catalog.concat(',"inherits":[', p.names, ']')
    end,
    case when c.reloftype <> 0 then pg_catalog.concat(',"of_type":', (
      select pg_catalog.json_build_object('schema', tn.nspname, 'name', t.typname)
      from pg_type t join pg_namespace tn on tn.oid = t.typnamespace where t.oid = c.reloftype)) end,
    case when c.reloptions is not null or w.reloptions is not null then pg_catalog.concat(',"options":', (
      select pg_catalog.json_object_agg(split_part(o, '=', 1), substr(o, strpos(o, '=') + 1))
      from (select o from pg_catalog.unnest(c.reloptions) o union all select 'toast.' || o from pg_catalog.unnest(w.reloptions) o) options)) end,
    case when c.reltablespace <> 0 then pg_catalog.concat(',"tablespace":', (select pg_catalog.to_json(s.spcname) from pg_tablespace s where s.oid = c.reltablespace)) end,
    (select pg_catalog.concat(',"access_method":', pg_catalog.to_json(m.amname)) from pg_am m where m.oid = c.relam and m.amname <> 'heap'),
    case when c.relkind <> 'f' then case c.relreplident when 'n' then ',"replica_identity":"nothing"' when 'f' then ',"replica_identity":"full"'
      when 'i' then (
        select pg_catalog.concat(',"replica_identity":', pg_catalog.json_build_object('index', i.relname))
        from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid and x.indisreplident) end end,
    case when c.relrowsecurity then ',"row_security":true' end,
    case when c.relforcerowsecurity then ',"force_row_security":true' end,
    ',"clustered_on":' || f.on_index::text,
    case when c.relkind = 'f' then pg_catalog.concat(',"foreign":', (
      select pg_catalog.json_build_object('server', s.srvname, 'options', (
        select coalesce(pg_catalog.json_object_agg(option_name, option_value), '{}') from pg_options_to_table(e.ftoptions)))
      from pg_foreign_table e join pg_foreign_server s on s.oid = e.ftserver where e.ftrelid = c.oid)) end,
    '}') as body
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
left join attribute a on a.attrelid = c.oid
left join parent p on p.inhrelid = c.oid
left join clustered f on f.indrelid = c.oid
left join pg_class w on w.oid = c.reltoastrelid and w.reloptions is not null
where c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't' and c.oid >= 16384 and n.nspname not like 'pg\_%'
