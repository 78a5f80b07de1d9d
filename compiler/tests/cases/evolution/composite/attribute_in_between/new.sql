create type pair as (x integer, "Y y" integer, z integer);
create table points (id integer primary key, at pair);
