create type state as enum ('open', 'done');
create type task as (id int, state state, note text);
create table tasks of task (id primary key);
alter table tasks alter column state set default 'open';
create view states as select state from tasks;
