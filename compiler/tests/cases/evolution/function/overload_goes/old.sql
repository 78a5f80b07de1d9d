create function f(a int default 1) returns int language sql as 'select 1';
create table t(a int default f());
