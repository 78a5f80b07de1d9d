create table t5 (x int);
create table t0 (a integer);
create index i2 on t0 (a);
