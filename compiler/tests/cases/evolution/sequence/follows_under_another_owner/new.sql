create table t (id integer, made date);
alter table t owner to app;
create sequence counter owned by none;
alter sequence counter owner to app;
alter sequence counter owned by t.id;
create table other (id integer);
