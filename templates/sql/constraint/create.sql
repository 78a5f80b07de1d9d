{% from "sql/constraint/definition.sql" import definition %}
alter table {{ relation|qname }} add constraint {{ name.name|ident }} {{ definition(new) }};
