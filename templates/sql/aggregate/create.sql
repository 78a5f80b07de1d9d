{% from "sql/function/definition.sql" import list %}
create aggregate {{ name|qname }} ({% if new.arguments %}{{ list(new.arguments) }}{% elif not new.order_by %}*{% endif %}{% if new.order_by %}{{ " " if new.arguments }}order by {{ list(new.order_by) }}{% endif %}) (
{% for name, value in parameters|items %}
  {{ name|option }}{% if value != "true" %} = {{ value }}{% endif %}{{ "," if not loop.last or new.parallel }}
{% endfor %}
{% if new.parallel %}
  parallel = {{ new.parallel|keyword }}
{% endif %}
);
