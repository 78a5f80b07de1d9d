create table t1 (a integer not null, e text) partition by range (a);
create table t1_0 partition of t1 for values from (0) to (10);
