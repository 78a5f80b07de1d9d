create type pair as (a int, b text, c int);
create type pairs as (one pair, many pair[]);
create table t (id int, p pair, ps pairs);
create function f(p pair) returns int language sql as 'select p.c';
create view v as select (p).a, (p).c from t;
create table typed of pair;
