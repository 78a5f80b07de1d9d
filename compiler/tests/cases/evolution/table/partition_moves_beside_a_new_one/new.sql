create table whole (a integer not null) partition by range (a);
create table part partition of whole for values from (10) to (30);
create table other partition of whole for values from (30) to (40);
alter table whole add constraint c check (a > 1) not valid;
