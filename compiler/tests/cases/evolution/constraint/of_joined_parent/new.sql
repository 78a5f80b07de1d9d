create table left_one (a integer);
create table joined (a integer, constraint d check (a > 2));
create table heir (constraint c check (a > 5)) inherits (joined);
create table whole (a integer) partition by range (a);
create table part partition of whole default;
