create extension hstore;
create extension pg_trgm;
create table products (name text, tags hstore);
create index products_name_idx on products using gin (name gin_trgm_ops);
