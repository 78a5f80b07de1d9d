alter {% include "sql/table/address.sql" %} {% if not enabled %}no {% endif %}force row level security;
