alter {% include "sql/" ~ kind ~ "/address.sql" %} owner to {{ owner|role }};
