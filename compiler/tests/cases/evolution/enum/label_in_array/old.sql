create type colour as enum ('red');
create table cars (id integer, colours colour[]);
