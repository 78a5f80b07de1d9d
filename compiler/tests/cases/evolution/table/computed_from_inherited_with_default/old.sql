create sequence numbers;
create table notes (id integer not null primary key);
create table letters (id integer default nextval('numbers'), twice bigint generated always as (id * 2) stored) inherits (notes);
