{% macro assigned(options) %}
{% for name, value in options|items %}{{ name|option }} = {{ value|setting }}{{ ", " if not loop.last }}{% endfor %}
{% endmacro %}
{% macro names(options) %}
{% for name in options %}{{ name|option }}{{ ", " if not loop.last }}{% endfor %}
{% endmacro %}
