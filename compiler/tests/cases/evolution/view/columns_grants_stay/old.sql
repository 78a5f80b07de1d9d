create table t (a integer, b integer);
create view v as select a, b from t;
grant all on v to app with grant option;
grant insert (a) on v to app with grant option;
grant all on t to app with grant option;
grant update (a), select (b) on t to app with grant option;
