create table whole (a integer not null) partition by range (a);
create table part partition of whole for values from (10) to (20);
