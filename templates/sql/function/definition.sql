{% macro argument(a) %}
{% if a.mode and a.mode != "table" %}{{ a.mode|keyword }} {% endif %}{% if a.name %}{{ a.name|ident }} {% endif %}{{ a.type|type }}{% if a.default %} default {{ a.default }}{% endif %}
{% endmacro %}
{% macro list(arguments) %}
{% for a in arguments %}{{ argument(a) }}{{ ", " if not loop.last }}{% endfor %}
{% endmacro %}
{% macro definition(name, new, inputs, columns, set) %}
{{ name|qname }}({{ list(inputs) }})
{% if columns %}
returns table ({{ list(columns) }})
{% elif new.returns %}
returns {{ new.returns|type }}
{% endif %}
language {{ new.language|ident }}
{%- if new.window %} window{% endif %}
{%- if new.volatility %} {{ new.volatility|keyword }}{% endif %}
{%- if new.strict %} strict{% endif %}
{%- if new.security_definer %} security definer{% endif %}
{%- if new.leakproof %} leakproof{% endif %}
{%- if new.parallel %} parallel {{ new.parallel|keyword }}{% endif %}
{%- if new.cost is defined %} cost {{ new.cost }}{% endif %}
{%- if new.rows is defined %} rows {{ new.rows }}{% endif %}
{%- if new.support %} support {{ new.support|qname }}{% endif %}
{%- if new.transforms %}

transform {% for type in new.transforms %}for type {{ type|type }}{{ ", " if not loop.last }}{% endfor %}
{%- endif %}
{%- for name, value in set|items %}

set {{ name|option }} to {{ value }}
{%- endfor %}

{% if new.body.source is defined %}
as {{ new.body.source|dollar }}
{%- elif new.body.library is defined %}
as {{ new.body.library.library|lit }}, {{ new.body.library.symbol|lit }}
{%- else %}
{{ new.body.atomic }}
{%- endif %}
{% endmacro %}
