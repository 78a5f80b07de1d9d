create table notes (id int, title text);
create materialized view names as select id, title from notes;
create unique index names_idx on names (id);
create view short_names as select id from names;
grant select on names to app;
