alter policy {{ name.name|ident }} on {{ relation|qname }}{% if set_roles %} to {% for role in roles %}{{ role|role }}{{ ", " if not loop.last }}{% else %}public{% endfor %}{% endif %}
{%- if using %}

  using ({{ using }})
{%- endif %}
{%- if check %}

  with check ({{ check }})
{%- endif %};
