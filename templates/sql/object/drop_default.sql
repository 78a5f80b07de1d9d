alter {% include "sql/" ~ kind ~ "/address.sql" %} alter column {{ part|ident }} drop default;
