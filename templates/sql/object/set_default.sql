alter {% include "sql/" ~ kind ~ "/address.sql" %} alter column {{ part|ident }} set default {{ default|default_expr }};
