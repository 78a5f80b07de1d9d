create type state as enum ('new', 'done');
create domain pair as int;
create function next(state) returns state language sql as 'select $1';
create table t(id int, s state default 'new', all_s state[]);
create view v as select s from t;
create function of_pair(pair) returns int language sql as 'select 1';
