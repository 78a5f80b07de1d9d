{% from "sql/object/options.sql" import assigned %}
create materialized view {{ name|qname }}{% if new.columns %} ({% for column in new.columns %}{{ column.name|ident }}{{ ", " if not loop.last }}{% endfor %}){% endif %}
{%- if new.access_method %} using {{ new.access_method|ident }}{% endif %}
{%- if new.options %} with ({{ assigned(new.options) }}){% endif %}
{%- if new.tablespace %} tablespace {{ new.tablespace|ident }}{% endif %} as
{{ new.query }}
{%- if new.with_no_data %}

with no data
{%- endif %};
