create type {{ name|qname }} as (
{% for attribute in new.attributes %}
  {{ attribute.name|ident }} {{ attribute.type|type }}{% if attribute.collation %} collate {{ attribute.collation|collation }}{% endif %}{{ "," if not loop.last }}
{% endfor %}
);
