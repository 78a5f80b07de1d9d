-- Default privileges. What they are comes with all other objects' privileges.
select d.tableoid as class, d.oid as id, coalesce(n.nspname, '') as schema, pg_get_userbyid(d.defaclrole) as parent,
  case d.defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types' when 'n' then 'schemas' else 'large objects' end as name,
  0::oid as owner, '{}' as body
from pg_default_acl d
left join pg_namespace n on n.oid = d.defaclnamespace
