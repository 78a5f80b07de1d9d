create schema other;
create extension hstore schema other;
create type pair as (x other.hstore, y integer, z integer);
create table uses (p pair);
create function of_store(other.hstore) returns integer language sql as $$ select 1 $$;
