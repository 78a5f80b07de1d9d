create table computed (a integer not null, b bigint generated always as (a * 2) stored);
