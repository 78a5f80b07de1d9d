create {% if new.unlogged %}unlogged {% endif %}sequence {{ name|qname }}
{%- if new.type != "bigint" %} as {{ new.type|type }}{% endif %}
{%- if new.increment != 1 %} increment by {{ new.increment }}{% endif %}
{%- if new.min != defaults.min %} minvalue {{ new.min }}{% endif %}
{%- if new.max != defaults.max %} maxvalue {{ new.max }}{% endif %}
{%- if new.start != (new.min if new.increment > 0 else new.max) %} start with {{ new.start }}{% endif %}
{%- if new.cache != 1 %} cache {{ new.cache }}{% endif %}
{%- if new.cycle %} cycle{% endif %};
