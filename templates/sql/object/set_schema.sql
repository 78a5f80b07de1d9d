alter {% include "sql/" ~ kind ~ "/address.sql" %} set schema {{ schema|ident }};
