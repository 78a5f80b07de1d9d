alter {% include "sql/table/address.sql" %} replica identity {% if identity.index is defined %}using index {{ identity.index|ident }}{% else %}{{ identity|keyword }}{% endif %};
