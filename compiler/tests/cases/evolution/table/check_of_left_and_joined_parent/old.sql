create table first_parent (a integer, constraint small check (a < 100));
create table second_parent (a integer);
create table heir (b integer) inherits (first_parent);
create table third_parent (a integer, constraint small check (a < 100));
create table other_heir (b integer) inherits (first_parent);
