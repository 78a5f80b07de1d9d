alter schema public owner to manager;
revoke usage on schema public from public;
grant usage on schema public to app;
grant create on schema public to auditor with grant option;
comment on schema public is 'ours';
create table t (a int);
