create table whole (a integer) partition by range (a);
create table part partition of whole default partition by list (a);
create table leaf partition of part default;
create index on_part on part (a) where a > 2;
create index on_whole on whole (a);
