create sequence numbers;
alter sequence numbers owner to auditor;
create function one() returns integer language sql as $$ select 1 $$;
alter function one() owner to auditor;
create schema other authorization auditor;
create table other.kept (id integer);
