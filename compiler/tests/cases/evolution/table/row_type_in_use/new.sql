create table t (a int, b int default 3);
create table u (x t[]);
create table kept (a bigint, b text);
create table holds (x kept, y int);
