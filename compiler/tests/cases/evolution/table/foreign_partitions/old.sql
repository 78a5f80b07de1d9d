create foreign data wrapper w;
create server s foreign data wrapper w;
create table t(a int, b text) partition by list (a);
create index t_b on t(b);
create foreign table f1 partition of t for values in (1) server s options (place 'a');
create foreign table f2 partition of t for values in (2) server s;
create foreign table f3 (a int, b text) server s;
