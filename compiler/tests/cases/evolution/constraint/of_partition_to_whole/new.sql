create table w (a int primary key) partition by range (a);
create table w1 partition of w for values from (10) to (20);
