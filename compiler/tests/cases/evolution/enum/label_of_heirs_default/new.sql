create type state as enum ('it''s', 'in progress');
create table base (a bigint, b state);
create table heir (a bigint, own state default 'it''s') inherits (base);
create type pair as (x state, z integer);
