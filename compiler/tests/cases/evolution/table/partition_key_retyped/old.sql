create table r (a int, b int, primary key(a,b)) partition by hash(a);
create table r0 partition of r for values with (modulus 1, remainder 0);
create table s(a int, b int, foreign key (a,b) references r);
