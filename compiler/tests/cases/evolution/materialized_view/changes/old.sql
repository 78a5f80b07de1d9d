create table notes (id int, title text);
create materialized view titles as select title from notes;
create unique index titles_idx on titles (title);
create materialized view gone as select 1 as one;
grant select on titles to app;
