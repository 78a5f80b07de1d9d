create function double(n integer default 1) returns integer language sql immutable as $$ select n * 2 $$;
create table notes (id integer not null, twice bigint generated always as (double(id)) stored);
