{% from "sql/object/options.sql" import assigned %}
{% from "sql/index/key.sql" import key %}
{% macro index_part(k) %}
{%- if k.include %} include ({{ k.include|idents }}){% endif %}
{%- if k.options %} with ({{ assigned(k.options) }}){% endif %}
{%- if k.tablespace %} using index tablespace {{ k.tablespace|ident }}{% endif %}
{% endmacro %}
{% macro columns(k) %}({{ k.columns|idents }}{% if k.without_overlaps %} without overlaps{% endif %}){% endmacro %}
{% macro period(names, is_period) %}{% if is_period %}{{ names[:-1]|idents }}, period {{ names|last|ident }}{% else %}{{ names|idents }}{% endif %}{% endmacro %}
{% macro action(event, action, columns) %}
{% if action %} on {{ event|keyword }} {{ action|replace("_", " ")|keyword }}{% if columns %} ({{ columns|idents }}){% endif %}{% endif %}
{% endmacro %}
{% macro rule(r) %}
{% if r.primary_key is defined %}
primary key {{ columns(r.primary_key) }}{{ index_part(r.primary_key) }}
{%- elif r.unique is defined %}
unique {% if r.unique.nulls_not_distinct %}nulls not distinct {% endif %}{{ columns(r.unique) }}{{ index_part(r.unique) }}
{%- elif r.foreign_key is defined %}
{% set fk = r.foreign_key %}
foreign key ({{ period(fk.columns, fk.period) }}) references {{ fk.references|qname }} ({{ period(fk.referenced_columns, fk.period) }})
{%- if fk.match_full %} match full{% endif %}
{{- action("update", fk.on_update) }}{{ action("delete", fk.on_delete, fk.on_delete_columns) }}
{%- elif r.check is defined %}
check ({{ r.check.expression }}){% if r.check.no_inherit %} no inherit{% endif %}
{%- else %}
{% set x = r.exclusion %}
exclude using {{ x.method|ident }} ({% for e in x.elements %}{{ key(e) }} with {{ e.operator }}{{ ", " if not loop.last }}{% endfor %})
{{- index_part(x) }}
{%- if x.predicate %} where ({{ x.predicate }}){% endif %}
{%- endif %}
{% endmacro %}
{% macro definition(c) %}
{{ rule(c.rule) }}
{%- if c.deferrable %} deferrable{% if c.initially_deferred %} initially deferred{% endif %}{% endif %}
{%- if c.not_enforced %} not enforced{% endif %}
{%- if c.not_valid and not c.not_enforced %} not valid{% endif %}
{% endmacro %}
