alter {% include "sql/table/address.sql" %} alter constraint {{ constraint|ident }}{% if said.no_inherit %} no{% endif %} inherit;
