create type state as enum ('open', 'held', 'done', 'archived');
create domain known_state as state check (value <> 'held');
create table tasks (id int, state state not null default 'open', states state[], known known_state default 'archived', check (state <> 'archived' or id > 0));
create index tasks_archived_idx on tasks (id) where state = 'archived';
create unique index tasks_state_idx on tasks (state, id);
create view done_tasks as select id, state from tasks where state in ('done', 'archived');
create function is_over(s state) returns bool language sql immutable as $$ select s in ('done', 'archived') $$;
grant select on done_tasks to app;
