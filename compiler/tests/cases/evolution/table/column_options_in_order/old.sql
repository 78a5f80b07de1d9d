create table t(a int, b int);
alter table t alter a set (n_distinct = 5);
