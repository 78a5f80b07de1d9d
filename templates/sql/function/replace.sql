{% from "sql/function/definition.sql" import definition %}
create or replace {% if new.procedure %}procedure{% else %}function{% endif %} {{ definition(name, new, inputs, columns, set) }};
