create schema other;
create schema third;
create extension hstore schema third;
create type pair as (x third.hstore, z integer, y integer);
create table uses (p pair);
