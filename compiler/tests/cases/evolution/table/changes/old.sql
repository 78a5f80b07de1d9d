create table notes (id int not null, title varchar(20), old_flag bool, created timestamp default now());
create table gone (id int);
comment on table notes is 'What to remember.';
grant select on notes to app;
