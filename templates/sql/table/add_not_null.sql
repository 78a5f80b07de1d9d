alter {% include "sql/table/address.sql" %} add constraint {{ constraint|ident }} not null {{ part|ident }}{% if said.no_inherit %} no inherit{% endif %}{% if said.not_valid %} not valid{% endif %};
