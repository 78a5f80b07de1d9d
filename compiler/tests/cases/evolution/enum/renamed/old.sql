create type state as enum ('open', 'done');
create table tasks (id int, state state not null default 'open', states state[] default '{open}', check (state <> 'done' or id > 0));
create index tasks_open_idx on tasks (id) where state = 'open';
create view open_tasks as select id from tasks where state = 'open';
create function is_open(s state) returns bool language sql immutable as $$ select s = 'open'::state $$;
create domain known_state as state check (value <> 'done');
comment on type state is 'Where it stands.';
