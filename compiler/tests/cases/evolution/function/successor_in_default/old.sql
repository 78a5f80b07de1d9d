create function f(z int default 3) returns int language sql return z;
create table t (a int default f(), b int default 2 * f(1));
