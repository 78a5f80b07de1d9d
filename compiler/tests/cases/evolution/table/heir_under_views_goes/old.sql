create table base (a integer, b integer);
create table heir () inherits (base);
create view over_heir as select a, b from heir;
create view becomes_of_base as select a, o::text as whole from over_heir o;
