-- What depends on what, and (as deptype 'r') which roles an object names.
select d.classid as class, d.objid as id, d.refclassid as on_class, d.refobjid as on_id, d.deptype as type, a.attname::text as on_column
from pg_depend d
left join pg_attribute a on d.refobjsubid > 0 and d.refclassid = 'pg_class'::regclass and a.attrelid = d.refobjid and a.attnum = d.refobjsubid
where d.objid >= 16384 or d.refobjid >= 16384
union all
select s.classid, s.objid, s.refclassid, s.refobjid, 'r'::"char", null
from pg_shdepend s
where s.refclassid = 'pg_authid'::regclass and s.dbid = (select oid from pg_database where datname = current_database())
