create table first_parent (a integer, constraint small check (a < 100));
create table second_parent (a integer, constraint small check (a < 100));
create table heir (b integer) inherits (second_parent);
create table third_parent (a integer, constraint small check (a < 100));
create table other_heir (b integer) inherits (third_parent);
