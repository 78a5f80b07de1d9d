create type state as enum ('open', 'held', 'done');
create table tasks (id int, state state default 'open');
create index tasks_state_idx on tasks (state);
