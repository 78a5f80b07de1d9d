{% from "sql/object/privileges.sql" import list, grantee %}
alter default privileges{% if for_role %} for role {{ for_role|role }}{% endif %}{% if schema %} in schema {{ schema|ident }}{% endif %} revoke {{ list(privileges) }} on {{ objects|keyword }} from {{ grantee(role) }};
