{% from "sql/function/definition.sql" import definition %}
create {% if new.procedure %}procedure{% else %}function{% endif %} {{ definition(name, new, inputs, columns, set) }};
