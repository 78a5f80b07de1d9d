{% set sequence = name %}
{% include "sql/object/clamp.sql" %}
