create table t (a int);
create materialized view m as select a from t with no data;
alter materialized view m owner to pg_monitor;
