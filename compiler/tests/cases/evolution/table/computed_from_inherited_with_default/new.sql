create sequence numbers;
create table notes (id bigint not null primary key);
create table letters (id bigint, twice bigint generated always as (id * 2) stored) inherits (notes);
