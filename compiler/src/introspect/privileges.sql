-- Privileges beside the built-in default of the object's kind, or beside what initdb made of it.
with object as (
  select tableoid as class, oid as id, relowner as owner, relacl as acl, (case relkind when 'S' then 's' else 'r' end)::"char" as kind
  from pg_class where relacl is not null and oid >= 16384
  union all
  select tableoid, oid, proowner, proacl, 'f' from pg_proc where proacl is not null and oid >= 16384
  union all
  select tableoid, oid, typowner, typacl, 'T' from pg_type where typacl is not null and oid >= 16384
  union all
  select tableoid, oid, nspowner, nspacl, 'n' from pg_namespace where nspacl is not null and (oid >= 16384 or nspname = 'public')
  union all
  select tableoid, oid, lanowner, lanacl, 'l' from pg_language where lanacl is not null and oid >= 16384
  union all
  select tableoid, oid, fdwowner, fdwacl, 'F' from pg_foreign_data_wrapper where fdwacl is not null and oid >= 16384
  union all
  select tableoid, oid, srvowner, srvacl, 'S' from pg_foreign_server where srvacl is not null and oid >= 16384
), stated as (
  select o.class, o.id, o.owner, o.acl, coalesce(i.initprivs, acldefault(o.kind, o.owner)) as basis
  from object o
  left join pg_init_privs i on i.classoid = o.class and i.objoid = o.id and i.objsubid = 0 and i.privtype = 'i'
  union all
  select tableoid, oid, defaclrole, defaclacl,
    case when defaclnamespace = 0 then acldefault(case defaclobjtype when 'S' then 's' else defaclobjtype end, defaclrole) end
  from pg_default_acl
)
select s.class, s.id, false as basis, (case when g.grantee = s.owner then '@owner' else coalesce(r.rolname, 'public') end)::text as grantee,
  lower(g.privilege_type) as privilege, g.is_grantable as grantable
from stated s
cross join lateral aclexplode(s.acl) g
left join pg_roles r on r.oid = g.grantee
union all
select s.class, s.id, true, (case when g.grantee in (s.owner, g.grantor) then '@owner' else coalesce(r.rolname, 'public') end)::text,
  lower(g.privilege_type), g.is_grantable
from stated s
cross join lateral aclexplode(s.basis) g
left join pg_roles r on r.oid = g.grantee
