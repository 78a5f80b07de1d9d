alter {% include "sql/table/address.sql" %} rename constraint {{ constraint|ident }} to {{ to|ident }};
