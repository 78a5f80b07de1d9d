create text search configuration c (parser = default);
alter text search configuration c add mapping for word with english_stem;
create table t (a text, b tsvector generated always as (to_tsvector('public.c'::regconfig, a)) stored);
create index i on t using gin (to_tsvector('public.c'::regconfig, a));
