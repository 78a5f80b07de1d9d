create type pair as (a text, b text);
create table pairs (id integer primary key, many pair[]);
