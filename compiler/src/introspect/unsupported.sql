-- Properties and objects that neither a kind's query nor pg_depend tells of.
select 'invalid index' as kind, pg_catalog.concat(quote_ident(n.nspname), '.', quote_ident(c.relname)) as identity
from pg_index x
join pg_class c on c.oid = x.indexrelid
join pg_class t on t.oid = x.indrelid
join pg_namespace n on n.oid = c.relnamespace
where not (x.indisvalid and x.indisready) and t.relkind <> 'p' and x.indexrelid >= 16384 and n.nspname not like 'pg\_%'
union all
select 'security label', pg_catalog.concat(l.provider, ' on ', l.objtype, ' ', l.objname)
from pg_seclabels l
where l.objtype not in ('role', 'database', 'tablespace')
union all
select 'dependency on an extension', o.identity
from pg_depend d
cross join lateral pg_identify_object(d.classid, d.objid, d.objsubid) o
where d.deptype = 'x'
union all
select 'privileges of a built-in object', o.identity
from pg_init_privs i
join pg_proc p on i.classoid = 'pg_proc'::regclass and p.oid = i.objoid
cross join lateral pg_identify_object(i.classoid, i.objoid, 0) o
where i.privtype = 'i' and p.proacl is distinct from i.initprivs and p.oid < 16384
union all
select 'privileges of a built-in object', o.identity
from pg_init_privs i
join pg_class c on i.classoid = 'pg_class'::regclass and c.oid = i.objoid
cross join lateral pg_identify_object(i.classoid, i.objoid, 0) o
where i.privtype = 'i' and i.objsubid = 0 and c.relacl is distinct from i.initprivs and c.oid < 16384
union all
select 'large object', l.oid::text
from pg_largeobject_metadata l
