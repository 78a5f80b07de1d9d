-- The function task_progress
begin;
select plan(3);

insert into workspaces (id, slug, name) values
  ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme'),
  ('00000000-0000-0000-0000-000000000002', 'empty', 'Empty');
insert into tasks (workspace_id, title, status) values
  ('00000000-0000-0000-0000-000000000001', 'One', 'done'),
  ('00000000-0000-0000-0000-000000000001', 'Two', 'open'),
  ('00000000-0000-0000-0000-000000000001', 'Three', 'in_progress');

select is(task_progress('00000000-0000-0000-0000-000000000001'), 33.3, 'one of three is done');
update tasks set status = 'cancelled' where title = 'Three';
select is(task_progress('00000000-0000-0000-0000-000000000001'), 50.0, 'cancelled tasks do not count');
select is(task_progress('00000000-0000-0000-0000-000000000002'), null, 'no tasks, no progress');

select * from finish();
rollback;
