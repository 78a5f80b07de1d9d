-- A twin of a constraint trigger obeys `set constraints` on that trigger's constraint, on partitions too.
create temporary table twin as
select t.oid, t.tgconstraint as own_constraint, o.tgconstraint as constraint_of_trigger
from pg_trigger as t
join pg_trigger as o on o.tgrelid = t.tgrelid
  and convert_to(o.tgname::text, getdatabaseencoding()) = substring(t.tgargs from 1 for position('\x00'::bytea in t.tgargs) - 1)
where t.tgfoid = 'pg_tablec.fired'::regproc;

update pg_trigger as t set tgisinternal = true, tgenabled = 'A', tgconstraint = twin.constraint_of_trigger
from twin where twin.oid = t.oid;
delete from pg_depend where (classid = 'pg_constraint'::regclass and objid in (select own_constraint from twin where own_constraint <> 0))
  or (refclassid = 'pg_constraint'::regclass and refobjid in (select own_constraint from twin where own_constraint <> 0));
delete from pg_constraint where oid in (select own_constraint from twin where own_constraint <> 0);
drop table twin;
reset allow_system_table_mods;
