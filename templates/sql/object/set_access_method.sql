alter {% include "sql/" ~ kind ~ "/address.sql" %} set access method {% if method %}{{ method|ident }}{% else %}heap{% endif %};
