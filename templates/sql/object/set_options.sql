{% from "sql/object/options.sql" import assigned, names %}
alter {% include "sql/" ~ kind ~ "/address.sql" %} {% if set %}set ({{ assigned(set) }}){% else %}reset ({{ names(reset) }}){% endif %};
