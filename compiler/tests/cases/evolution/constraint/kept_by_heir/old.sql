create table base (a integer);
create table heir () inherits (base);
create table heirs_heir () inherits (heir);
alter table base add constraint c check (a > 0);
