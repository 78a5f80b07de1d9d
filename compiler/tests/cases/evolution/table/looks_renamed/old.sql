create table todos (id int primary key, title text default 'x');
create table notes (id int, body text check (body <> ''), length int, width int);
create index notes_body on notes (lower(body)) where body <> '';
create function tidy(t text) returns text language sql as 'select trim(t)';
create type state as enum ('a', 'b');
create view names as select id from notes;
