create table notes (id int);
create table log (id int);
create rule notes_log as on insert to notes do also insert into log values (new.id);
create rule notes_stay as on delete to notes do instead nothing;
