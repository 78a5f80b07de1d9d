create sequence counter;
alter sequence counter owner to manager;
create table other (id integer default nextval('counter'));
