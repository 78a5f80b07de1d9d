-- Roles that objects of this database name: as owner, in privileges, in policies. PostgreSQL's own are left out, and who asks.
select 1260::oid as class, r.oid as id, '' as schema, '' as parent, r.rolname as name, 0::oid as owner,
  pg_catalog.json_build_object(
    'login', r.rolcanlogin,
    'bypass_row_security', r.rolbypassrls,
    'member_of', (select coalesce(pg_catalog.json_agg(g.rolname), '[]') from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid))::text as body
from pg_roles r
where r.rolname not like 'pg\_%' and r.oid >= 16384 and r.rolname <> current_user
  and r.oid in (
    select s.refobjid from pg_shdepend s
    where s.refclassid = 'pg_authid'::regclass and s.dbid = (select oid from pg_database where datname = current_database()))
