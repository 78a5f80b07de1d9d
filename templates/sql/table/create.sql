{% from "sql/table/column.sql" import definition %}
{% from "sql/constraint/definition.sql" import definition as constraint_definition %}
{% from "sql/object/options.sql" import assigned %}
{% set serials = serials or [] %}
{% set width = columns|map(attribute="name")|map("ident")|map("length")|max if columns else 0 %}
create {% if new.foreign %}foreign {% elif new.unlogged %}unlogged {% endif %}table {{ name|qname }}
{%- if new.of_type %} of {{ new.of_type|own_type }}{% elif new.partition_of and not attach %} partition of {{ new.partition_of.parent|qname }}{% endif %}
{%- if columns or constraints or not_nulls or not (new.of_type or (new.partition_of and not attach)) %} (
{% for column in columns %}
  {{ definition(column, column.name in serials, width) }}{{ "," if not loop.last or constraints or not_nulls }}
{% endfor %}
{% for constraint in not_nulls or [] %}
  constraint {{ constraint.name|ident }} not null {{ constraint.column|ident }}{% if constraint.no_inherit %} no inherit{% endif %}{{ "," if not loop.last or constraints }}
{% endfor %}
{% for constraint in constraints or [] %}
  constraint {{ constraint.name|ident }} {{ constraint_definition(constraint.new) }}{{ "," if not loop.last }}
{% endfor %}
)
{%- endif %}
{%- if new.partition_of and not attach %}{% if columns or constraints %} {% else %}

  {% endif %}{{ new.partition_of.bound }}{% endif %}
{%- if new.inherits %}

inherits ({% for parent in new.inherits %}{{ parent|qname }}{{ ", " if not loop.last }}{% endfor %})
{%- endif %}
{%- if new.partition_by %}

partition by {{ new.partition_by.strategy|keyword }} ({% for key in new.partition_by["keys"] %}{{ key }}{{ ", " if not loop.last }}{% endfor %})
{%- endif %}
{%- if new.foreign %}

server {{ new.foreign.server|ident }}{% if new.foreign.options %} options ({% for name, value in new.foreign.options|items %}{{ name|ident }} {{ value|lit }}{{ ", " if not loop.last }}{% endfor %}){% endif %}
{%- endif %}
{%- if new.access_method %}

using {{ new.access_method|ident }}
{%- endif %}
{%- if new.options %}

with ({{ assigned(new.options) }})
{%- endif %}
{%- if new.tablespace %}

tablespace {{ new.tablespace|ident }}
{%- endif %};
