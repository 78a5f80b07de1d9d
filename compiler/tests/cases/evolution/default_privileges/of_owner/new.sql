create table t(a int);
revoke all on t from auditor;
create view v as select a from t;
create function f() returns int language sql as 'select 1';
alter default privileges in schema public grant all on tables to current_user, auditor;
alter default privileges in schema public grant execute on functions to public;
