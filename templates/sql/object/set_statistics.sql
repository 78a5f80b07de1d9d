alter {% include "sql/" ~ kind ~ "/address.sql" %} alter column {{ part|ident }} set statistics {% if value is none %}-1{% else %}{{ value }}{% endif %};
