{% macro objects(tables, schemas, only) %}
{% for name, table in tables|items %}{% if loop.first %}table {% endif %}{% if name in only %}only {% endif %}{{ name|collation }}{% if table.columns %} ({{ table.columns|idents }}){% endif %}{% if table.predicate %} where ({{ table.predicate }}){% endif %}{{ ", " if not loop.last or schemas }}{% endfor %}
{%- if schemas %}tables in schema {{ schemas|idents }}{% endif %}
{% endmacro %}
