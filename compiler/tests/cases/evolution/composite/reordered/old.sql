create type pair as (a text, b text, gone integer);
create table pairs (id integer primary key, one pair);
