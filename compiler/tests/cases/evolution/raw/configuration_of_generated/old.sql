create text search configuration c (copy = simple);
create table t (a text, b tsvector generated always as (to_tsvector('public.c'::regconfig, a)) stored);
create index i on t using gin (to_tsvector('public.c'::regconfig, a));
