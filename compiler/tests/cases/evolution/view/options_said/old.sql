create table t(a int);
create view v with (security_barrier = true) as select a from t;
create view w with (security_barrier = false, security_invoker = true) as select a from t;
