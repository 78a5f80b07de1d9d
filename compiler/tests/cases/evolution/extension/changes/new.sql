create schema tools;
create extension hstore schema tools;
create extension citext;
create table products (name text, tags tools.hstore, code citext);
