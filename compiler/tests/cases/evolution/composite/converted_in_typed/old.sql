create type pair as (x integer, y text, z timestamptz);
create table typed of pair (x not null);
