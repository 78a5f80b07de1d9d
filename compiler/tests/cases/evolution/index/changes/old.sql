create table notes (id int, title text, body text, tags int[]);
create index notes_title_idx on notes (title);
create index notes_body_idx on notes (body);
create index notes_id_idx on notes (id) with (fillfactor = 80);
