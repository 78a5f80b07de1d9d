create table heir (a integer not null);
alter table heir add constraint c check (a > 0) not valid;
