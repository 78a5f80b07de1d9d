create table numbered (id bigint);
alter table numbered owner to auditor;
create table numbered_too (id serial);
alter table numbered_too owner to app;
create sequence becomes_owned;
alter sequence becomes_owned owner to auditor;
create sequence changes_owner;
alter sequence changes_owner owner to auditor;
alter sequence changes_owner owned by numbered.id;
