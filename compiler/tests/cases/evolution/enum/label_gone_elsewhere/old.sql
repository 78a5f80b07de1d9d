create type state as enum ('open', 'held');
create table tasks (id int, weight int, name text default 'x');
create cast (state as int) with inout;
