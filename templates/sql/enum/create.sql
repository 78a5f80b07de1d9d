create type {{ name|qname }} as enum (
{% for label in new.labels %}
  {{ label|lit }}{{ "," if not loop.last }}
{% endfor %}
);
