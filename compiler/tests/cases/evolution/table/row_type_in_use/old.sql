create table t (a int);
create table u (x t[]);
create table kept (a int, b text);
create table holds (x kept, y int);
