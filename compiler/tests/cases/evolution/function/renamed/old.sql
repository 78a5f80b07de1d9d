create function tidy(t text) returns text language sql immutable as 'select trim(t)';
create function changed() returns trigger language plpgsql as 'begin return new; end';
create table notes (id int, title text default tidy(' x '), check (tidy(title) <> ''), short text generated always as (tidy(title)) stored);
create index notes_tidy_idx on notes (tidy(title));
create trigger notes_changed before update on notes for each row execute function changed();
create view titles as select tidy(title) as title from notes;
grant execute on function tidy to app;
