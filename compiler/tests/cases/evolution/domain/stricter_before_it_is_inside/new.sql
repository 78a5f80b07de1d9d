create domain amount as integer default 5 not null check (value > 1);
create type pair as (x amount, z text);
create table held (a text, b pair);
