create table tasks (id int primary key, title text default 'x');
create table notes (id int, text text check (text <> ''), height int, depth int);
create index notes_lower_idx on notes (lower(text)) where text <> '';
create function trimmed(t text) returns text language sql as 'select trim(t)';
create type status as enum ('a', 'b');
create view ids as select id from notes;
