create table whole (a integer not null, b text default 'x') partition by range (a);
create table part partition of whole default partition by list (a);
create table leaf partition of part for values in (12, 13);
