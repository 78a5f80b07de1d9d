create table whole (a integer not null, note text) partition by range (a);
create table part partition of whole for values from (0) to (20) partition by list (a);
create table leaf partition of part for values in (12);
create table other partition of part for values in (13);
alter table whole alter note set compression pglz;
alter table other alter note set compression pglz;
