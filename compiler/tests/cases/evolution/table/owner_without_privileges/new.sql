create table t(a int);
alter table t owner to auditor;
revoke all on t from auditor;
create table u(a int);
alter table u owner to auditor;
grant select on u to manager;
