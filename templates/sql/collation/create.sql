create collation {{ name|qname }} (
  provider = {{ new.provider|keyword }}
{%- if new.locale %},
  locale = {{ new.locale|lit }}
{%- endif %}
{%- if new.lc_collate %},
  lc_collate = {{ new.lc_collate|lit }}
{%- endif %}
{%- if new.lc_ctype %},
  lc_ctype = {{ new.lc_ctype|lit }}
{%- endif %}
{%- if new.rules %},
  rules = {{ new.rules|lit }}
{%- endif %}
{%- if new.nondeterministic %},
  deterministic = false
{%- endif %}

);
