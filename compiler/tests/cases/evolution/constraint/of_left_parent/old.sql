create table base (a integer);
create table heir () inherits (base);
create table whole (a integer) partition by range (a);
create table part partition of whole default;
