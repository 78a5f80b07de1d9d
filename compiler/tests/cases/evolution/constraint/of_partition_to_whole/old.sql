create table w (a int primary key) partition by range (a);
create table w1 partition of w for values from (10) to (20);
create table w2 partition of w default;
alter table w2 add constraint own foreign key (a) references w (a) on update cascade;
