-- Operator classes with the members that they were made with.
select c.tableoid, c.oid, c.opcowner, 'operator class', pg_catalog.format('%I.%I USING %I', n.nspname, c.opcname, m.amname),
  pg_catalog.format(E'CREATE OPERATOR CLASS %I.%I%s FOR TYPE %s USING %I FAMILY %I.%I AS\n    %s', n.nspname, c.opcname,
    case when c.opcdefault then ' DEFAULT' end, format_type(c.opcintype, null), m.amname, fn.nspname, f.opfname, coalesce((
      select string_agg(member, E',\n    ' order by member)
      from (
        select 'STORAGE ' || format_type(c.opckeytype, null) as member where c.opckeytype <> 0
        union all
        select pg_catalog.format('OPERATOR %s %s', o.amopstrategy, pg_catalog.concat(o.amopopr::regoperator,
          (select pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
            from pg_opfamily s join pg_namespace sn on sn.oid = s.opfnamespace where s.oid = nullif(o.amopsortfamily, 0))))
        from pg_depend d join pg_amop o on o.oid = d.objid
        where d.classid = 'pg_amop'::regclass and d.refclassid = c.tableoid and d.refobjid = c.oid
        union all
        select pg_catalog.format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, null), format_type(p.amprocrighttype, null), p.amproc::regprocedure)
        from pg_depend d join pg_amproc p on p.oid = d.objid
        where d.classid = 'pg_amproc'::regclass and d.refclassid = c.tableoid and d.refobjid = c.oid) members),
      -- A class with nothing of its own still needs an element.
      'STORAGE ' || format_type(c.opcintype, null))),
  pg_catalog.format('DROP OPERATOR CLASS %I.%I USING %I', n.nspname, c.opcname, m.amname)
from pg_opclass c
join pg_namespace n on n.oid = c.opcnamespace
join pg_am m on m.oid = c.opcmethod
join pg_opfamily f on f.oid = c.opcfamily
join pg_namespace fn on fn.oid = f.opfnamespace
where c.oid >= 16384
  and not exists (select from pg_depend d where d.classid = c.tableoid and d.objid = c.oid and d.deptype = 'e')
