alter {% include "sql/table/address.sql" %} inherit {{ parent|qname }};
