{% from "sql/trigger/definition.sql" import definition %}
create {{ definition(name, relation, new) }};
