create table t(a int, b int);
alter table t alter a set (n_distinct = 5, n_distinct_inherited = 6);
alter table t alter b set (n_distinct_inherited = 1, n_distinct = -0.5);
