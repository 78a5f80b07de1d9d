create sequence s;
create table t (a int primary key);
alter sequence s owned by t.a;
alter table t owner to auditor;
grant usage on sequence s to app;
