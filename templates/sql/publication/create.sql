{% from "sql/publication/objects.sql" import objects %}
{% from "sql/object/options.sql" import assigned %}
create publication {{ name.name|ident }}{% if new.all_tables %} for all tables{% elif new.tables or new.schemas %} for {{ objects(new.tables or {}, new.schemas or [], only) }}{% endif %}{% if new.options %} with ({% for name, value in new.options|items %}{{ name|option }} = {{ value|lit }}{{ ", " if not loop.last }}{% endfor %}){% endif %};
