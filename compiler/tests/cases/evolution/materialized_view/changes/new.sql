create table notes (id int, title text);
create materialized view titles as select title, count(*) as times from notes group by title;
create unique index titles_idx on titles (title);
create materialized view later as select 1 as one with no data;
grant select on titles to app;
comment on materialized view titles is 'Counted.';
