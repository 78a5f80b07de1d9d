{% include "sql/object/clamp.sql" %}
