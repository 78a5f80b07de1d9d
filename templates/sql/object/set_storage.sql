alter {% include "sql/" ~ kind ~ "/address.sql" %} alter column {{ part|ident }} set storage {{ value|keyword }};
