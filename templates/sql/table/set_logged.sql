alter {% include "sql/table/address.sql" %} set {% if unlogged %}unlogged{% else %}logged{% endif %};
