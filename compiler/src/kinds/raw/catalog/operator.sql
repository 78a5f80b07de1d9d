-- Operators; one that is only named by another (a shell) comes with that.
select o.tableoid, o.oid, o.oprowner, 'operator', i.identity,
  pg_catalog.concat('CREATE OPERATOR ', quote_ident(n.nspname), '.', o.oprname, ' (', concat_ws(', ',
    'FUNCTION = ' || o.oprcode::regproc::text,
    'LEFTARG = ' || format_type(nullif(o.oprleft, 0), null),
    'RIGHTARG = ' || format_type(nullif(o.oprright, 0), null),
    (select pg_catalog.format('COMMUTATOR = OPERATOR(%I.%s)', s.nspname, c.oprname) from pg_operator c join pg_namespace s on s.oid = c.oprnamespace where c.oid = o.oprcom),
    (select pg_catalog.format('NEGATOR = OPERATOR(%I.%s)', s.nspname, c.oprname) from pg_operator c join pg_namespace s on s.oid = c.oprnamespace where c.oid = o.oprnegate),
    'RESTRICT = ' || nullif(o.oprrest, 0)::regproc::text,
    'JOIN = ' || nullif(o.oprjoin, 0)::regproc::text,
    case when o.oprcanmerge then 'MERGES' end,
    case when o.oprcanhash then 'HASHES' end), ')'),
  pg_catalog.format('DROP OPERATOR %I.%s (%s, %s)', n.nspname, o.oprname,
    coalesce(format_type(nullif(o.oprleft, 0), null), 'NONE'), coalesce(format_type(nullif(o.oprright, 0), null), 'NONE'))
from pg_operator o
join pg_namespace n on n.oid = o.oprnamespace
cross join lateral pg_identify_object(o.tableoid, o.oid, 0) i
where o.oid >= 16384 and o.oprcode <> 0
  and not exists (select from pg_depend d where d.classid = o.tableoid and d.objid = o.oid and d.deptype = 'e')
