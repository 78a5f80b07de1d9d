alter {% include "sql/table/address.sql" %} {% if of_type %}of {{ of_type|qname }}{% else %}not of{% endif %};
