alter {% include "sql/" ~ kind ~ "/address.sql" %} set tablespace {% if tablespace %}{{ tablespace|ident }}{% else %}pg_default{% endif %};
