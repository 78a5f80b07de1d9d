create table base (a bigint not null, b bigint generated always as (a * 2) stored);
create table heir (a bigint default 1) inherits (base);
