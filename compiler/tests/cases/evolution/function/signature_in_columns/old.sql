create function f(i int) returns int language sql immutable as 'select i+1';
create table t (id int default f(1), g int generated always as (f(3)) stored, check (f(id)>0));
create index on t (f(id));
