create table base (a integer not null);
create table heir (a integer) inherits (base);
alter table base add constraint c check (a > 0) not valid;
