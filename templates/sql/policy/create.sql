create policy {{ name.name|ident }} on {{ relation|qname }}{% if new.restrictive %} as restrictive{% endif %}{% if new.command != "all" %} for {{ new.command|keyword }}{% endif %}{% if new.roles %} to {% for role in new.roles %}{{ role|role }}{{ ", " if not loop.last }}{% endfor %}{% endif %}
{%- if new.using %}

  using ({{ new.using }})
{%- endif %}
{%- if new.check %}

  with check ({{ new.check }})
{%- endif %};
