create table t (a int, b bigint, s int generated always as (a - 1) stored, v int generated always as (a + 7), w int generated always as (a) stored, x int generated always as (a) virtual, r bigint generated always as (b + 2) stored);
create view w as select s, v from t;
create index t_s on t (s);
create table p (a int, s int generated always as (a + 2) stored) partition by list (a);
create table p_1 partition of p for values in (1);
