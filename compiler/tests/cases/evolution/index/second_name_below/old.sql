create table whole (a integer) partition by range (a);
create table part partition of whole default partition by list (a);
create table leaf partition of part default;
