create table notes (id bigint not null, title varchar(80) default 'untitled', created timestamp not null default now(), body text);
create unlogged table drafts (id int generated always as identity, body text) with (fillfactor = 70);
comment on table notes is 'What somebody wants to remember.';
comment on column notes.title is 'Short.';
grant select, insert on notes to app;
grant update (title) on notes to app;
