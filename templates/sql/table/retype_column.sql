alter {% include "sql/table/address.sql" %} alter column {{ part|ident }} type {{ column.type|type }}
{%- if collation %} collate {{ collation|collation }}{% endif %}
{%- if conversion %} using {{ conversion }}{% elif using %} using {{ part|ident }}{% for type in using %}::{{ type|type }}{% endfor %}{% endif %};
