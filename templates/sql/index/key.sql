{% macro key(k) %}
{% if k.value.column is defined %}{{ k.value.column|ident }}{% else %}{{ k.value.expression|key }}{% endif %}
{%- if k.collation %} collate {{ k.collation|collation }}{% endif %}
{%- if k.operator_class %} {{ k.operator_class }}{% endif %}
{%- if k.descending %} desc{% endif %}
{%- if k.nulls_first is defined %} nulls {% if k.nulls_first %}first{% else %}last{% endif %}{% endif %}
{% endmacro %}
