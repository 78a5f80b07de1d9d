alter {% include "sql/" ~ kind ~ "/address.sql" %} alter column {{ part|ident }} set compression {% if value %}{{ value|keyword }}{% else %}default{% endif %};
