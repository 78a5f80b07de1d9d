create sequence numbers minvalue 5 maxvalue 5000 start 50;
create sequence down increment by -1 minvalue -100 maxvalue -1;
create sequence small as bigint minvalue 100000 start 100000;
create table tasks (id integer generated always as identity (minvalue 1000 maxvalue 9000 start 1000));
