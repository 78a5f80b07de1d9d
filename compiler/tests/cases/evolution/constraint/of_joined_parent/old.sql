create table left_one (a integer);
create table joined (a integer, constraint c check (a > 0), constraint d check (a > 1));
create table heir () inherits (left_one);
create table whole (a integer, constraint c check (a > 0)) partition by range (a);
create table part (a integer);
