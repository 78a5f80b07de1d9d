alter {% include "sql/table/address.sql" %} validate constraint {{ constraint|ident }};
