create table notes (id int not null, body text) ;
create unique index notes_id on notes (id);
alter table notes replica identity using index notes_id;
alter table notes cluster on notes_id;
comment on index notes_id is 'One each.';
create materialized view bodies as select body from notes;
create index bodies_body on bodies (body);
