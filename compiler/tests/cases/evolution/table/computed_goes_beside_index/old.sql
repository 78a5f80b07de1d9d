create table t5 (a integer not null, "user" bigint generated always as (a * 2) stored, primary key (a));
create table t0 (a integer);
create index i2 on t5 (a);
