create domain dom as text;
create type pair as (x integer, y dom);
create table t (a integer primary key, b pair);
create type unused as (y dom);
