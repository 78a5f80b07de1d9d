{% macro check(check) %}
constraint {{ check.name|ident }} check ({{ check.expression }})
{%- endmacro %}
