{% macro list(privileges, part) %}
{% for privilege in privileges %}{{ privilege|keyword }}{% if part %} ({{ part|ident }}){% endif %}{{ ", " if not loop.last }}{% endfor %}
{% endmacro %}

{% macro grantee(role) %}{% if role %}{{ role|role }}{% else %}current_user{% endif %}{% endmacro %}
