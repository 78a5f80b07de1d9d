{% from "sql/object/options.sql" import assigned %}
{% macro head(name, new) %}
view {{ name|qname }}{% if new.columns %} ({% for column in new.columns %}{{ column.name|ident }}{{ ", " if not loop.last }}{% endfor %}){% endif %}
{%- if new.options %} with ({{ assigned(new.options) }}){% endif %} as
{%- endmacro %}
