create table p (a int primary key) partition by range (a);
create table p1 partition of p for values from (10) to (20) partition by list (a);
create table p11 partition of p1 for values in (12);
alter table p add constraint fk foreign key (a) references p (a);
create function f() returns setof int language sql stable begin atomic select a from p1; end;
