{% from "sql/domain/check.sql" import check %}
create domain {{ name|qname }} as {{ new.type|type }}
{%- if new.collation %}

  collate {{ new.collation|collation }}
{%- endif %}
{%- if new.default %}

  default {{ new.default|default_expr }}
{%- endif %}
{%- if new.not_null and constraint %}

  constraint {{ constraint|ident }} not null
{%- elif new.not_null %}

  not null
{%- endif %}
{%- for item in checks %}

  {{ check(item) }}
{%- endfor %};
