alter {% include "sql/table/address.sql" %} {% if enabled %}enable{% else %}disable{% endif %} row level security;
