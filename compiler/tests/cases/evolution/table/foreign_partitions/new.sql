create foreign data wrapper w;
create server s foreign data wrapper w;
create table t(a int, b text, c int) partition by list (a);
create index t_b on t(b);
create table t1 partition of t for values in (3);
create foreign table f1 partition of t (b not null) for values in (1) server s options (place 'b');
create foreign table f2 (a int, b text) server s;
create foreign table f3 partition of t for values in (4) server s;
