create table base (a integer, b text);
create view becomes_of_base as select a, o::text as whole from base o;
