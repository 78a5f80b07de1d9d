create table notes (id int, title text);
create view titles with (security_barrier) as select title, id from notes where id > 0;
create view ids as select id::text as id from notes;
create view all_ids as select id from ids;
comment on view titles is 'All titles.';
comment on column titles.title is 'The title.';
grant select on titles to app;
grant select on ids to app;
