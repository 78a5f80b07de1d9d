create table notes (id int);
create rule keep as on delete to notes do instead nothing;
