create type "json" as (a int);
comment on type public.json is 'our own';
create type "date" as enum ('a', 'b');
create domain "text" as int check (value > 1);
create type "interval" as (a int);
create table of_json of public.json;
