create table t (id integer); create view v with (security_barrier = on, security_invoker = true) as select id from t; create view w as select id from t;
