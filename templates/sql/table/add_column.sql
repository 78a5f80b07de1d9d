{% from "sql/table/column.sql" import definition %}
alter {% include "sql/table/address.sql" %} add column {{ definition(column, serials, column.name|ident|length) }};
