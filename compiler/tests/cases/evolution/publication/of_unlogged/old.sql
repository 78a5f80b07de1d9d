create table t (a int primary key);
create table u (a int primary key);
create unlogged table v (a int primary key);
create publication p for table t, u;
