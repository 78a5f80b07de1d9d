create table t0 (a int primary key);
create table t1 (a int primary key);
create table t2 (a int) inherits (t0);
create publication p for table t1;
