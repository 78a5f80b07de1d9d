-- tasks_complete, tasks_touch, tasks_audit, tasks_counted_on_insert, tasks_counted_on_update, tasks_counted_on_delete
begin;
select plan(8);

-- The counts start high: what is tested is how they change.
insert into workspaces (id, slug, name, task_count) values
  ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme', 100),
  ('00000000-0000-0000-0000-000000000002', 'other', 'Other', 100);

-- tasks_complete

select results_eq(
  $$
    insert into tasks (workspace_id, title, status, completed_at) values
      ('00000000-0000-0000-0000-000000000001', 'Done at once', 'done', null),
      ('00000000-0000-0000-0000-000000000001', 'Done long ago', 'done', '2020-02-02'),
      ('00000000-0000-0000-0000-000000000001', 'Not done', 'open', '2020-02-02')
    returning title::text, completed_at
  $$,
  $$ values ('Done at once', now()), ('Done long ago', timestamptz '2020-02-02'), ('Not done', null) $$,
  'a new task has a date when it is done, the given one or now'
);

insert into tasks (workspace_id, title) values ('00000000-0000-0000-0000-000000000001', 'Later');
select results_eq(
  $$ update tasks set status = 'done' where title = 'Later' returning title::text, completed_at $$,
  $$ values ('Later', now()) $$,
  'a task that is done later has its date then'
);

-- tasks_touch

insert into tasks (workspace_id, title, updated_at) values
  ('00000000-0000-0000-0000-000000000001', 'Write the spec', '2020-01-01'),
  ('00000000-0000-0000-0000-000000000001', 'Read the spec', '2020-01-01');

update tasks set title = 'Write a better spec' where title = 'Write the spec';
select results_eq(
  $$ select updated_at from tasks where title = 'Write a better spec' $$,
  $$ values (now()) $$,
  'another title is a change'
);
update tasks set title = title, version = version + 1 where title = 'Read the spec';
select is(
  row(version, updated_at), row(2, timestamptz '2020-01-01'),
  'a new version alone is no change'
) from tasks where title = 'Read the spec';

-- tasks_audit

insert into tasks (id, workspace_id, title) values
  ('00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-000000000001', 'Audited');
update tasks set title = 'Audited twice' where title = 'Audited';
delete from tasks where title = 'Audited twice';
select results_eq(
  $$
    select workspace_id, actor = current_user, operation, old_row ->> 'title', new_row ->> 'title'
    from audit_log
    where table_name = 'tasks' and row_id = '00000000-0000-0000-0000-0000000000aa'
    order by operation
  $$,
  $$
    select uuid '00000000-0000-0000-0000-000000000001', true, operation::audit_operation, old_title, new_title
    from (values
      ('insert', null, 'Audited'),
      ('update', 'Audited', 'Audited twice'),
      ('delete', 'Audited twice', null)
    ) as changes (operation, old_title, new_title)
  $$,
  'each change of a task is in the log once, before and after'
);

-- tasks_counted_on_insert, tasks_counted_on_update, tasks_counted_on_delete

update workspaces set task_count = 100;
insert into tasks (workspace_id, title)
select '00000000-0000-0000-0000-000000000001', 'Task ' || n from generate_series(1, 5) as n;
select results_eq(
  $$ select slug::text, task_count from workspaces order by slug $$,
  $$ values ('acme', 105), ('other', 100) $$,
  'five tasks of one statement are five'
);

update workspaces set task_count = 100;
update tasks set workspace_id = '00000000-0000-0000-0000-000000000002' where title in ('Task 1', 'Task 2');
update tasks set title = title || '!' where title like 'Task %';
select results_eq(
  $$ select slug::text, task_count from workspaces order by slug $$,
  $$ values ('acme', 98), ('other', 102) $$,
  'tasks that move are counted where they are, those that stay are not counted again'
);

update workspaces set task_count = 100;
delete from tasks where title in ('Task 1!', 'Task 4!', 'Task 5!');
select results_eq(
  $$ select slug::text, task_count from workspaces order by slug $$,
  $$ values ('acme', 98), ('other', 99) $$,
  'deleted tasks are not counted'
);

select * from finish();
rollback;
