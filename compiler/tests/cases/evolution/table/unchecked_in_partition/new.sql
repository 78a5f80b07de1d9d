create table parted (id int, title text) partition by list (id);
create table part1 partition of parted for values in (1);
create table part2 partition of parted for values in (2);
alter table parted add constraint titled check (title is not null) not valid;
create table base (id int);
create table heir () inherits (base);
alter table base add constraint positive check (id > 0) not valid;
