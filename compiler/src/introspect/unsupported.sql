-- Properties and objects that neither a kind's query nor pg_depend tells of.
select 'invalid index' as kind, pg_catalog.concat(quote_ident(n.nspname), '.', quote_ident(c.relname)) as identity
from pg_index x
join pg_class c on c.oid = x.indexrelid
join pg_class t on t.oid = x.indrelid
join pg_namespace n on n.oid = c.relnamespace
where not (x.indisvalid and x.indisready) and t.relkind <> 'p' and x.indexrelid >= 16384 and n.nspname not like 'pg\_%'
union all
-- `CREATE INDEX ON ONLY`: valid when every partition has its part.
select 'partitioned index without a part in every partition', pg_catalog.concat(quote_ident(n.nspname), '.', quote_ident(c.relname))
from pg_index x
join pg_class c on c.oid = x.indexrelid
join pg_namespace n on n.oid = c.relnamespace
where not x.indisvalid and c.relkind = 'I' and x.indexrelid >= 16384
union all
-- It counts as nothing (ALTER TABLE, REPLICA IDENTITY), and pg_dump makes it the default.
select 'replica identity by an index that is gone', pg_catalog.concat(quote_ident(n.nspname), '.', quote_ident(c.relname))
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relreplident = 'i' and c.relkind in ('r', 'p') and not exists (select from pg_index x where x.indrelid = c.oid and x.indisreplident)
union all
-- Who granted a privilege is not kept.
select 'privileges granted by another role than the owner', o.identity
from (
  select tableoid as class, oid as id, relowner as owner, relacl as acl from pg_class
  union all
  select tableoid, oid, proowner, proacl from pg_proc
  union all
  select tableoid, oid, nspowner, nspacl from pg_namespace
) object
cross join lateral pg_identify_object(class, id, 0) o
where id >= 16384 and exists (select from aclexplode(acl) g where g.grantor <> owner)
union all
select 'security label', pg_catalog.concat(l.provider, ' on ', o.type, ' ', o.identity)
from pg_seclabel l
cross join lateral pg_identify_object(l.classoid, l.objoid, l.objsubid) o
union all
select 'dependency on an extension', o.identity
from pg_depend d
cross join lateral pg_identify_object(d.classid, d.objid, d.objsubid) o
where d.deptype = 'x'
union all
select 'privileges of a built-in object', o.identity
from (
  select tableoid as class, oid as id, proacl as acl from pg_proc where pronamespace = 'pg_catalog'::regnamespace and oid < 16384
  union all
  select tableoid, oid, relacl from pg_class where relnamespace = 'pg_catalog'::regnamespace and oid < 16384
) built_in
left join pg_init_privs i on i.classoid = class and i.objoid = id and i.objsubid = 0
cross join lateral pg_identify_object(class, id, 0) o
where acl is distinct from i.initprivs
union all
select 'privileges of an object of an extension', o.identity
from (
  select tableoid as class, oid as id, proacl as acl from pg_proc where oid >= 16384
  union all
  select tableoid, oid, relacl from pg_class where oid >= 16384
) object
join pg_depend d on d.classid = class and d.objid = id and d.deptype = 'e'
left join pg_init_privs i on i.classoid = class and i.objoid = id and i.objsubid = 0
cross join lateral pg_identify_object(class, id, 0) o
where acl is distinct from i.initprivs
union all
select 'password of a user mapping', pg_catalog.format('%s on %s', u.usename, u.srvname)
from pg_user_mappings u
where exists (select from pg_options_to_table(u.umoptions) where option_name = 'password')
union all
-- Heirs that come later have it valid: where an heir of such a table came from can't be told.
select 'not-null constraint that is not valid, of a table with heirs', o.identity --18
from pg_constraint c --18
cross join lateral pg_identify_object(c.tableoid, c.oid, 0) o --18
where c.contype = 'n' and not c.convalidated and c.oid >= 16384 --18
  and exists (select from pg_inherits h where h.inhparent = c.conrelid or h.inhrelid = c.conrelid) --18
union all --18
select 'subscription', s.subname
from pg_subscription s
where s.subdbid = (select oid from pg_database where datname = current_database())
union all
select 'large object', l.oid::text
from pg_largeobject_metadata l
