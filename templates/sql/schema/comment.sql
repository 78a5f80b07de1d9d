comment on {% include "sql/schema/address.sql" %} is {% if comment is none and name.name == "public" %}'standard public schema'{% else %}{{ comment|lit }}{% endif %};
