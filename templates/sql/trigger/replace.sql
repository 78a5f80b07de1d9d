{% from "sql/trigger/definition.sql" import definition %}
create or replace {{ definition(name, relation, new) }};
