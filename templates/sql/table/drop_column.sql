alter {% include "sql/table/address.sql" %} drop column {{ part|ident }};
