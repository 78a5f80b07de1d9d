create type state as enum ('open', 'held', 'done');
create table tasks (id int, states state[]);
