alter {% include "sql/" ~ kind ~ "/address.sql" %} {% if index %}cluster on {{ index|ident }}{% else %}set without cluster{% endif %};
