create table parted (id int, a text, b text) partition by list (id);
create table part1 (like parted);
alter table parted attach partition part1 for values in (1);
create table part2 partition of parted for values in (2);
alter table parted alter column a set compression pglz;
