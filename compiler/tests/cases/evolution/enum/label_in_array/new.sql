create type colour as enum ('red', 'light blue');
create table cars (id integer, colours colour[] default '{red, "light blue"}');
