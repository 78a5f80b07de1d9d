create access method heap_too type table handler heap_tableam_handler;
create table t (id integer);
create materialized view v as select 1 as id;
