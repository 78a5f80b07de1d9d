-- The function task_progress
begin;
select plan(1);

insert into workspaces (id, slug, name) values
  ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme'),
  ('00000000-0000-0000-0000-000000000002', 'empty', 'Empty');
insert into tasks (workspace_id, title, status, completed_at) values
  ('00000000-0000-0000-0000-000000000001', 'One', 'done', '2020-01-01'),
  ('00000000-0000-0000-0000-000000000001', 'Two', 'open', null),
  ('00000000-0000-0000-0000-000000000001', 'Three', 'in_progress', null),
  ('00000000-0000-0000-0000-000000000001', 'Four', 'cancelled', null);

select results_eq(
  $$ select slug::text, task_progress(id) from workspaces order by slug $$,
  $$ values ('acme', 33.3), ('empty', null) $$,
  'one of three is done, cancelled tasks do not count, and no tasks are no progress'
);

select * from finish();
rollback;
