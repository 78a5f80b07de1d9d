create table base (a integer, constraint c check (a > 0));
create table heir (a integer);
create table whole (a integer, constraint c check (a > 0)) partition by range (a);
create table part (a integer);
