create type pair as (a int, b text);
create type pairs as (one pair, many pair[]);
create table t (id int, p pair, ps pairs);
create function f(p pair) returns int language sql as 'select p.a';
create view v as select (p).a from t;
create table typed of pair;
