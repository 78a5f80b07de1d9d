create sequence numbers;
create table notes (id integer default nextval('numbers') primary key, kind varchar(10));
alter sequence numbers owned by notes.id;
create view kinds as select kind from notes;
create table tasks (id integer default nextval('numbers') primary key);
grant usage on sequence numbers to auditor with grant option;
create materialized view seen as select kind from kinds;
alter table notes owner to app;
