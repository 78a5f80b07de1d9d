create table t (a int);
create materialized view m as select a from t;
alter materialized view m owner to pg_read_all_data;
