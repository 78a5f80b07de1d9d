create function f() returns int language sql as 'select 2';
create table t(a int default f());
create view a_call as select f() as b;
