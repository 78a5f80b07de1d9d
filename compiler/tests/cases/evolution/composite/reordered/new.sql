create type pair as (b text, "C c" integer, a text);
create table pairs (id integer primary key, one pair);
