{% from "sql/object/options.sql" import assigned %}
{% macro identity(i, type) %}
generated {% if i.always %}always{% else %}by default{% endif %} as identity
{%- set said = numbers(i, type)|trim %}
{%- if said %} ({{ said }}){% endif %}
{% endmacro %}
{% macro numbers(i, type) %}
{% set greatest = 32767 if type == "smallint" else 2147483647 if type == "integer" else 9223372036854775807 %}
{% set min = 1 if i.increment > 0 else -greatest - 1 %}
{% set max = greatest if i.increment > 0 else -1 %}
{%- if i.sequence %} sequence name {{ i.sequence|ident }}{% endif %}
{%- if i.increment != 1 %} increment by {{ i.increment }}{% endif %}
{%- if i.min != min %} minvalue {{ i.min }}{% endif %}
{%- if i.max != max %} maxvalue {{ i.max }}{% endif %}
{%- if i.start != (i.min if i.increment > 0 else i.max) %} start with {{ i.start }}{% endif %}
{%- if i.cache != 1 %} cache {{ i.cache }}{% endif %}
{%- if i.cycle %} cycle{% endif %}
{% endmacro %}
{% macro definition(c, serial, width) %}
{{ c.name|ident }}{{ " " * (width - (c.name|ident|length)) }} {% if serial %}{{ serial_type(c.type) }}{% else %}{{ c.type|type }}{% endif %}
{%- if c.compression %} compression {{ c.compression|keyword }}{% endif %}
{%- if c.foreign_options %} options ({% for name, value in c.foreign_options|items %}{{ name|ident }} {{ value|lit }}{{ ", " if not loop.last }}{% endfor %}){% endif %}
{%- if c.collation %} collate {{ c.collation|collation }}{% endif %}
{%- if c.not_null and not c.nullable %}{{ special_not_null(c.not_null) }}{% elif not c.nullable and not serial %} not null{% endif %}
{%- if c.default and not serial %} default {{ c.default|default_expr }}{% endif %}
{%- if c.generated %} generated always as ({{ c.generated.expression }}) {% if c.generated.is_virtual %}virtual{% else %}stored{% endif %}{% endif %}
{%- if c.identity %} {{ identity(c.identity, c.type) }}{% endif %}
{% endmacro %}
{% macro special_not_null(n) %}{% if n.constraint %} constraint {{ n.constraint|ident }}{% endif %} not null{% if n.no_inherit %} no inherit{% endif %}{% endmacro %}
{% macro serial_type(type) %}{% if type == "bigint" %}bigserial{% elif type == "smallint" %}smallserial{% else %}serial{% endif %}{% endmacro %}
