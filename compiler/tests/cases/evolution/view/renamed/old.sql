create table notes (id int, title text);
create view names as select id, title from notes;
create view short_names as select id from names;
create function log_it() returns trigger language plpgsql as 'begin return new; end';
create trigger names_insert instead of insert on names for each row execute function log_it();
grant select on names to app;
comment on column names.title is 'The title.';
