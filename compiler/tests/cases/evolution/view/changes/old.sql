create table notes (id int, title text);
create view titles as select title from notes;
create view ids as select id from notes;
create view gone as select 1 as one;
grant select on titles to app;
grant select on ids to app;
