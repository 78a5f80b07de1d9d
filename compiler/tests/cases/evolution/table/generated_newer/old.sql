create table t (a int, b int, s int generated always as (a + b) stored, v int generated always as (a * b), w int generated always as (a) virtual, x int generated always as (a) stored, r int generated always as (b + 1) stored);
create view w as select s, v from t;
create index t_s on t (s);
create table p (a int, s int generated always as (a + 1) stored) partition by list (a);
create table p_1 partition of p for values in (1);
