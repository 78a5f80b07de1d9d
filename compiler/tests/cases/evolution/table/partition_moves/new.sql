create table p(k int, z int) partition by list(k);
create table q(k int, z int) partition by list(k);
create table p1 partition of q for values in (1);
