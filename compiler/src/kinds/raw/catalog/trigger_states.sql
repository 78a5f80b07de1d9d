-- A partition's clone of a trigger that fires in other sessions than the trigger itself.
select t.tableoid, t.oid, 0::oid, 'trigger state', pg_catalog.format('%I on %I.%I', t.tgname, n.nspname, c.relname),
  pg_catalog.format('ALTER TABLE ONLY %I.%I %s TRIGGER %I', n.nspname, c.relname,
    case t.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' when 'A' then 'ENABLE ALWAYS' else 'ENABLE' end, t.tgname),
  pg_catalog.format('ALTER TABLE ONLY %I.%I %s TRIGGER %I', n.nspname, c.relname,
    case p.tgenabled when 'D' then 'DISABLE' when 'R' then 'ENABLE REPLICA' when 'A' then 'ENABLE ALWAYS' else 'ENABLE' end, t.tgname)
from pg_trigger t
join pg_trigger p on p.oid = t.tgparentid
join pg_class c on c.oid = t.tgrelid
join pg_namespace n on n.oid = c.relnamespace
where t.tgenabled <> p.tgenabled and not t.tgisinternal
