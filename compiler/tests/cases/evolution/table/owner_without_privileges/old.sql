create table t(a int);
alter table t owner to manager;
grant select on t to auditor;
create table u(a int);
alter table u owner to manager;
revoke all on u from manager;
