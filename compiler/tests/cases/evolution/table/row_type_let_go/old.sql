create table free (a int);
create table lets_go (x free, y int);
create table let_go (x free[], y int);
create table gone (x free);
