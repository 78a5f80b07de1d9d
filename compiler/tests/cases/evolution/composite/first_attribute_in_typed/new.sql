create type pair as (y integer, x text, z integer);
create table typed of pair;
