alter {% include "sql/" ~ kind ~ "/address.sql" %} rename column {{ part|ident }} to {{ to|ident }};
