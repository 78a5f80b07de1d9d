create sequence numbers;
create table notes (id integer default nextval('numbers') primary key, kind text);
alter sequence numbers owned by notes.id;
create view kinds as select kind from notes;
alter table notes owner to auditor;
