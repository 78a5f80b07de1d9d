create type pair as (x text, z integer);
create table typed of pair;
