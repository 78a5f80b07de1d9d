{% macro events(e) %}
{% if e.insert %}insert{{ " or " |keyword if e.update or e.delete or e.truncate }}{% endif %}
{%- if e.update %}update{% if e.update_of %} of {{ e.update_of|idents }}{% endif %}{{ " or "|keyword if e.delete or e.truncate }}{% endif %}
{%- if e.delete %}delete{{ " or "|keyword if e.truncate }}{% endif %}
{%- if e.truncate %}truncate{% endif %}
{% endmacro %}
{% macro definition(name, relation, new) %}
{% if new.constraint %}constraint {% endif %}trigger {{ name.name|ident }}
  {{ new.timing|replace("_", " ")|keyword }} {{ events(new.events) }} on {{ relation|qname }}
{%- if new.from_table %} from {{ new.from_table|qname }}{% endif %}
{%- if new.deferrable %} deferrable{% if new.initially_deferred %} initially deferred{% endif %}{% endif %}
{%- if new.old_table or new.new_table %}

  referencing{% if new.old_table %} old table as {{ new.old_table|ident }}{% endif %}{% if new.new_table %} new table as {{ new.new_table|ident }}{% endif %}
{%- endif %}

  for each {% if new.for_each_row %}row{% else %}statement{% endif %}
{%- if new.when %}

  when ({{ new.when }})
{%- endif %}

  execute function {{ new.function|own_routine }}({% for argument in new.arguments or [] %}{{ argument|lit }}{{ ", " if not loop.last }}{% endfor %})
{%- endmacro %}
