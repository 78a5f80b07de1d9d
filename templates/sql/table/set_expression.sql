alter {% include "sql/table/address.sql" %} alter column {{ part|ident }} set expression as ({{ expression }});
