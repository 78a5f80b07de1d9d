create table parted (id int, title text) partition by list (id);
create table part1 partition of parted for values in (1);
insert into part1 values (1, null);
alter table parted add constraint titled check (title is not null) not valid;
create table base (id int);
