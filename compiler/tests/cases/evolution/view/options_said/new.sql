create table t(a int);
create view v with (security_barrier = false) as select a from t;
create view w with (security_invoker = true) as select a from t;
create view x with (check_option = local, security_barrier = false) as select a from t;
