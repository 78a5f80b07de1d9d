create table owners (id int primary key, code text unique nulls not distinct);
create table notes (id int primary key, owner int references owners on delete cascade deferrable, length int, title text, constraint notes_length_check check (length >= 0) not valid, exclude using btree (title with =));
comment on constraint notes_length_check on notes is 'Not below nothing.';
