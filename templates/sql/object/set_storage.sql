alter {% include "sql/" ~ kind ~ "/address.sql" %} alter column {{ part|ident }} set storage {% if value %}{{ value|keyword }}{% else %}default{% endif %};
