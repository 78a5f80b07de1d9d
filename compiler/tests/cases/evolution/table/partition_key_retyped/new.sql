create table r (a bigint, b int, primary key(a,b)) partition by hash(a);
create table r0 partition of r for values with (modulus 1, remainder 0);
create table s(a bigint, b int, c int, foreign key (a,b) references r on delete set null (b));
