drop {% include "sql/" ~ kind ~ "/address.sql" %}{% if cascade %} cascade{% endif %};
