create type "json" as (a int);
create type "date" as enum ('a');
create domain "text" as int check (value > 0);
create type "interval" as (a int, b int);
