{% macro relabelled() %}
{% if array %}
{% for label in replaced %}array_replace({% endfor %}{{ part|ident }}::text[]{% for label in replaced %}, {{ label.from|lit }}, {{ label.to|lit }}){% endfor %}::{{ column.type|type }}
{%- else %}
(case {{ part|ident }}::text{% for label in replaced %} when {{ label.from|lit }} then {{ label.to|lit }}{% endfor %} else {{ part|ident }}::text end)::{{ column.type|type }}
{%- endif %}
{% endmacro %}
alter {% include "sql/table/address.sql" %} alter column {{ part|ident }} type {{ column.type|type }}
{%- if collation %} collate {{ collation|collation }}{% endif %}
{%- if foreign %}
{%- elif attributes and not conversion %} using case when {{ part|ident }} is not distinct from null then null else row({% for attribute in attributes %}{% if attribute.kept %}({{ part|ident }}).{{ attribute.name|ident }}{% for type in attribute.using %}::{{ type|type }}{% endfor %}{% else %}null{% endif %}{{ "" if loop.last else ", " }}{% endfor %})::{{ column.type|type }} end
{%- elif conversion %} using {{ conversion }}{% elif using and replaced %} using {{ relabelled() }}{% elif using %} using {{ part|ident }}{% for type in using %}::{{ type|type }}{% endfor %}{% endif %};
