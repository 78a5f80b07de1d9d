{% from "sql/view/definition.sql" import head %}
create or replace {{ head(name, new) }}
{{ new.query }};
