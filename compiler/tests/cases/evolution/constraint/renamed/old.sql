create table owners (id int constraint owners_id primary key);
create table notes (id int constraint notes_id primary key, owner int constraint notes_owner references owners, size int constraint notes_size check (size > 0), code text constraint notes_code unique, exclude using btree (size with =));
alter table notes replica identity using index notes_id;
comment on constraint notes_size on notes is 'Not nothing.';
