{% from "sql/object/options.sql" import assigned, names %}
alter {% include "sql/table/address.sql" %} alter column {{ part|ident }} {% if set %}set ({{ assigned(set) }}){% else %}reset ({{ names(reset) }}){% endif %};
