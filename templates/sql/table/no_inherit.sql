alter {% include "sql/table/address.sql" %} no inherit {{ parent|qname }};
