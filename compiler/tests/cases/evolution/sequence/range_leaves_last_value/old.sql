create sequence numbers;
create sequence down maxvalue 50;
create sequence small as smallint;
create table tasks (id integer generated always as identity (minvalue 1 maxvalue 90));
