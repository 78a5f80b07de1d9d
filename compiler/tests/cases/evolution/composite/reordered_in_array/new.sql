create type pair as (b text, a text);
create table pairs (id integer primary key, many pair[]);
