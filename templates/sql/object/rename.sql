alter {% include "sql/" ~ kind ~ "/address.sql" %} rename to {{ to|ident }};
