create access method heap_too type table handler heap_tableam_handler;
create table t (id integer) using heap_too;
create materialized view v using heap_too as select 1 as id;
