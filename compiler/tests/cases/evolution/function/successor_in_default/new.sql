create function f() returns int language sql return 5;
create table t (a int default f(), b int default 2 * f());
