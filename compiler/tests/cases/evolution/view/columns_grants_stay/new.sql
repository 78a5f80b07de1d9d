create table t (a integer, b integer);
create view v as select a, b from t;
grant insert (a) on v to app with grant option;
grant all on t to app;
grant update (a), select (b) on t to app with grant option;
