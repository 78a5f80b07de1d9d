alter {% include "sql/table/address.sql" %} alter column {{ part|ident }} drop identity;
