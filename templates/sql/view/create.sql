{% from "sql/view/definition.sql" import head %}
create {{ head(name, new) }}
{{ new.query }};
