create table notes (id int);
create table log (id int);
create rule notes_log as on insert to notes where new.id > 0 do also insert into log values (new.id);
alter table notes disable rule notes_log;
create rule notes_kept as on update to notes do instead nothing;
comment on rule notes_kept on notes is 'Written once.';
