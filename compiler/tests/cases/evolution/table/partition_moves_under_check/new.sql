create table whole (a integer not null) partition by range (a);
create table part partition of whole for values from (10) to (maxvalue);
alter table whole add constraint c check (a > 1 or a < 0) not valid;
