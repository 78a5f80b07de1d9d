create table t0 (a int primary key);
create table t1 (a int primary key);
create publication p for table t0;
