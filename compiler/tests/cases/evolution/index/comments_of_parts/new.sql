create table p (a int, b bigint, c varchar(20)) partition by range (a);
create table p0 partition of p for values from (0) to (10);
create table p1 partition of p for values from (10) to (20) partition by range (a);
create table p10 partition of p1 for values from (10) to (20);
create index i on p (b);
create index k on p (lower(c));
comment on index i is 'whole';
comment on index k is 'other k';
comment on index p0_b_idx is 'own';
