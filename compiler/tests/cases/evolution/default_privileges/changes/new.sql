alter default privileges in schema public grant select, insert on tables to app;
alter default privileges revoke execute on functions from public;
alter default privileges grant usage on types to manager;
create table notes (id int);
