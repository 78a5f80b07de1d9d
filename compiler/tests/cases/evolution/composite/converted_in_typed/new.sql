create type state as enum ('7', '8');
create type pair as (x state, y integer, z timestamptz);
create table typed of pair (x not null);
