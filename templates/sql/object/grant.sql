{% from "sql/object/privileges.sql" import list, grantee %}
grant {{ list(privileges, part) }} on {% include ["sql/" ~ kind ~ "/granted.sql", "sql/" ~ kind ~ "/address.sql"] %} to {{ grantee(role) }}{% if grantable %} with grant option{% endif %};
