create sequence numbers;
alter sequence numbers owner to manager;
create function one() returns integer language sql as $$ select 1 $$;
alter function one() owner to manager;
create schema other authorization manager;
create table other.kept (id integer);
