{% from "sql/object/options.sql" import assigned %}
{% from "sql/index/key.sql" import key %}
create {% if new.unique %}unique {% endif %}index {{ name.name|ident }} on {% if only %}only {% endif %}{{ new.table|qname }}
{%- if new.method != "btree" %} using {{ new.method|ident }}{% endif %} ({% for k in new["keys"] %}{{ key(k) }}{{ ", " if not loop.last }}{% endfor %})
{%- if new.include %} include ({{ new.include|idents }}){% endif %}
{%- if new.nulls_not_distinct %} nulls not distinct{% endif %}
{%- if new.options %} with ({{ assigned(new.options) }}){% endif %}
{%- if new.tablespace %} tablespace {{ new.tablespace|ident }}{% endif %}
{%- if new.predicate %} where {{ new.predicate }}{% endif %};
