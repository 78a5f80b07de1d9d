create function double(n integer) returns integer language sql immutable as $$ select n * 2 $$;
create table notes (id integer not null, twice integer default 7 not null);
