create collation "Coll" (provider = libc, locale = 'C');
create domain dom as text collate "Coll";
create type pair as (x integer, y dom);
create table t (a integer primary key, b pair);
create type unused as (y dom);
