-- One checksum over what is there: tables with their columns, constraints, indexes, triggers and policies; views; functions; types.
select md5(string_agg(line, e'\n' order by line collate "C")) from (
  select format('column %s.%s %s %s %s %s %s', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid)) as line
  from pg_attribute as a
  join pg_class as c on c.oid = a.attrelid
  left join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'c', 'f')
    and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  union all
  select format('table %s %s %s %s %s', c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity, c.relacl, pg_get_expr(c.relpartbound, c.oid))
  from pg_class as c
  where c.relkind in ('r', 'p', 'v', 'm', 'S') and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  union all
  select format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where contype <> 't'
  union all
  select pg_get_indexdef(i.indexrelid) from pg_index as i join pg_class as c on c.oid = i.indexrelid
  where c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) and c.relnamespace <> 'pg_toast'::regnamespace
  union all
  select format('%s %s', pg_get_triggerdef(oid), tgenabled) from pg_trigger where not tgisinternal
  union all
  select format('policy %s %s %s %s %s', polrelid::regclass, polname, polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  from pg_policy
  union all
  select format('%s %s', c.oid::regclass, pg_get_viewdef(c.oid)) from pg_class as c
  where c.relkind in ('v', 'm') and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
  union all
  select pg_get_functiondef(p.oid) from pg_proc as p
  where p.prokind in ('f', 'p') and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    and not exists (select from pg_depend as d where d.deptype = 'e' and d.classid = 'pg_proc'::regclass and d.objid = p.oid)
  union all
  select format('label %s %s', enumtypid::regtype, enumlabel) from pg_enum
  union all
  select format('extension %s %s', extname, extversion) from pg_extension
  union all
  select version()
) as everything
