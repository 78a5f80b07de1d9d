-- Operator families with the members that belong to no operator class.
select f.tableoid, f.oid, f.opfowner, 'operator family', pg_catalog.format('%I.%I USING %I', n.nspname, f.opfname, m.amname),
  concat_ws(E';\n', pg_catalog.format('CREATE OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, m.amname), (
    select pg_catalog.format(E'ALTER OPERATOR FAMILY %I.%I USING %I ADD\n    %s', n.nspname, f.opfname, m.amname, string_agg(member, E',\n    ' order by member))
    from (
      select pg_catalog.format('OPERATOR %s %s', o.amopstrategy, pg_catalog.concat(o.amopopr::regoperator,
        (select pg_catalog.format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname)
          from pg_opfamily s join pg_namespace sn on sn.oid = s.opfnamespace where s.oid = nullif(o.amopsortfamily, 0)))) as member
      from pg_amop o
      where o.amopfamily = f.oid and not exists (
        select from pg_depend d where d.classid = o.tableoid and d.objid = o.oid and d.refclassid = 'pg_opclass'::regclass)
      union all
      select pg_catalog.format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, null), format_type(p.amprocrighttype, null), p.amproc::regprocedure)
      from pg_amproc p
      where p.amprocfamily = f.oid and not exists (
        select from pg_depend d where d.classid = p.tableoid and d.objid = p.oid and d.refclassid = 'pg_opclass'::regclass)) members
    having count(*) > 0)),
  pg_catalog.format('DROP OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, m.amname)
from pg_opfamily f
join pg_namespace n on n.oid = f.opfnamespace
join pg_am m on m.oid = f.opfmethod
where f.oid >= 16384
  and not exists (select from pg_depend d where d.classid = f.tableoid and d.objid = f.oid and d.deptype = 'e')
