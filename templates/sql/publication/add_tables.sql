{% from "sql/publication/objects.sql" import objects %}
alter publication {{ name.name|ident }} add {{ objects(tables, schemas, only) }};
