drop {% include "sql/" ~ kind ~ "/address.sql" %};
