create table free (a bigint, b int default 3);
create table lets_go (y int);
create table let_go (x int, y int);
