-- Casts. A range type brings its own to the multirange.
select c.tableoid as class, c.oid as id, 0::oid as owner, 'cast' as kind,
  pg_catalog.format('(%s AS %s)', format_type(c.castsource, null), format_type(c.casttarget, null)) as identity,
  pg_catalog.format('CREATE CAST (%s AS %s) %s%s', format_type(c.castsource, null), format_type(c.casttarget, null),
    case c.castmethod when 'f' then 'WITH FUNCTION ' || c.castfunc::regprocedure::text when 'i' then 'WITH INOUT' else 'WITHOUT FUNCTION' end,
    case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' end) as definition,
  pg_catalog.format('DROP CAST (%s AS %s)', format_type(c.castsource, null), format_type(c.casttarget, null)) as undo
from pg_cast c
where c.oid >= 16384
  and not exists (select from pg_depend d where d.classid = c.tableoid and d.objid = c.oid and d.deptype in ('e', 'i'))
