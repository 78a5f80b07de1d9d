{% from "sql/object/privileges.sql" import list, grantee %}
revoke {{ list(privileges, part) }} on {% include ["sql/" ~ kind ~ "/granted.sql", "sql/" ~ kind ~ "/address.sql"] %} from {{ grantee(role) }};
