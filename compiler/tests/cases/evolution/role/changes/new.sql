create table notes (id int);
grant select on notes to auditor;
