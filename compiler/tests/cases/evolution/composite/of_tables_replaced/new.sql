create type state as enum ('done', 'open');
create type task as (id bigint, state state, more text);
create table tasks of task (id primary key);
alter table tasks alter column state set default 'open';
create view states as select state from tasks;
