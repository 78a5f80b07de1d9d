{{ title|sql_comment }}
{% if not transactional %}
-- tablec: no transaction
{% endif %}
{% for setting in settings %}
{{ setting|sql }}
{% endfor %}
{% for step in steps %}

{% if step.hazards %}
{{ step.hazards|sql_comment }}
{% endif %}
{{ step.sql|sql }}
{% endfor %}
