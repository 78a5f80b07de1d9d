alter sequence {{ name|qname }}
{%- if new.type != old.type %} as {{ new.type|type }}{% endif %}
{%- if new.increment != old.increment %} increment by {{ new.increment }}{% endif %}
{%- if new.min != old.min or new.type != old.type %} minvalue {{ new.min }}{% endif %}
{%- if new.max != old.max or new.type != old.type %} maxvalue {{ new.max }}{% endif %}
{%- if new.start != old.start %} start with {{ new.start }}{% endif %}
{%- if new.cache != old.cache %} cache {{ new.cache }}{% endif %}
{%- if new.cycle and not old.cycle %} cycle{% elif old.cycle and not new.cycle %} no cycle{% endif %};
