create table t (a integer);
grant select (a), truncate on t to app;
alter table t owner to app;
