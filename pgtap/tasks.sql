-- tasks_complete, tasks_touch, tasks_audit, tasks_counted_on_insert, tasks_counted_on_update, tasks_counted_on_delete
begin;
select plan(24);

insert into workspaces (id, slug, name) values
  ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme'),
  ('00000000-0000-0000-0000-000000000002', 'other', 'Other');

-- tasks_complete

select lives_ok(
  $$
    insert into tasks (workspace_id, title, status, completed_at) values
      ('00000000-0000-0000-0000-000000000001', 'Done at once', 'done', null),
      ('00000000-0000-0000-0000-000000000001', 'Done long ago', 'done', '2020-02-02'),
      ('00000000-0000-0000-0000-000000000001', 'Not done', 'open', '2020-02-02')
  $$,
  'completed_at need not fit the status of a new task'
);
select is(completed_at, now(), 'a task that starts as done is done now') from tasks where title = 'Done at once';
select is(completed_at, '2020-02-02', 'a given date stays') from tasks where title = 'Done long ago';
select is(completed_at, null, 'an open task has no date') from tasks where title = 'Not done';

select lives_ok(
  $$ update tasks set status = 'done' where title = 'Not done' $$,
  'a task can be done later'
);
select is(completed_at, now(), 'it is done now') from tasks where title = 'Not done';
select lives_ok(
  $$ update tasks set status = 'open' where title = 'Not done' $$,
  'a task can be taken up again'
);
select is(completed_at, null, 'then it has no date any more') from tasks where title = 'Not done';

-- tasks_touch

insert into tasks (workspace_id, title, updated_at) values
  ('00000000-0000-0000-0000-000000000001', 'Write the spec', '2020-01-01'),
  ('00000000-0000-0000-0000-000000000001', 'Read the spec', '2020-01-01');

update tasks set title = 'Write a better spec' where title = 'Write the spec';
select is(updated_at, now(), 'another title is a change') from tasks where title = 'Write a better spec';
select is(
  (select count(*) from tasks where title = 'Write a better spec'), 1::bigint,
  'the change itself is kept'
);
update tasks set title = title, version = version + 1 where title = 'Read the spec';
select is(updated_at, '2020-01-01', 'a new version alone is no change') from tasks where title = 'Read the spec';

-- tasks_audit

insert into tasks (id, workspace_id, title) values
  ('00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-000000000001', 'Audited');
select results_eq(
  $$
    select workspace_id, operation, old_row, new_row ->> 'title'
    from audit_log
    where table_name = 'tasks' and row_id = '00000000-0000-0000-0000-0000000000aa'
  $$,
  $$ values ('00000000-0000-0000-0000-000000000001'::uuid, 'insert'::audit_operation, null::jsonb, 'Audited') $$,
  'a new task is in the log'
);
update tasks set title = 'Audited twice' where title = 'Audited';
select results_eq(
  $$
    select old_row ->> 'title', new_row ->> 'title'
    from audit_log
    where table_name = 'tasks' and row_id = '00000000-0000-0000-0000-0000000000aa' and operation = 'update'
  $$,
  $$ values ('Audited', 'Audited twice') $$,
  'a changed task is in the log, before and after'
);
delete from tasks where title = 'Audited twice';
select results_eq(
  $$
    select workspace_id, old_row ->> 'title', new_row
    from audit_log
    where table_name = 'tasks' and row_id = '00000000-0000-0000-0000-0000000000aa' and operation = 'delete'
  $$,
  $$ values ('00000000-0000-0000-0000-000000000001'::uuid, 'Audited twice', null::jsonb) $$,
  'a deleted task is in the log'
);
select is(
  (select count(*) from tasks where id = '00000000-0000-0000-0000-0000000000aa'), 0::bigint,
  'and it is really deleted'
);
select is(
  (select min(actor) from audit_log), current_user::text,
  'without an application user the role is the actor'
);
select is(
  (select count(*) from audit_log where row_id = '00000000-0000-0000-0000-0000000000aa'), 3::bigint,
  'each change is in the log once'
);

-- tasks_counted_on_insert, tasks_counted_on_update, tasks_counted_on_delete

delete from tasks;
select is(task_count, 0, 'no task is left to count') from workspaces where slug = 'acme';

insert into tasks (workspace_id, title)
select '00000000-0000-0000-0000-000000000001', 'Task ' || n from generate_series(1, 5) as n;
select is(task_count, 5, 'five tasks of one statement are five') from workspaces where slug = 'acme';
select is(task_count, 0, 'another workspace counts its own') from workspaces where slug = 'other';

update tasks set workspace_id = '00000000-0000-0000-0000-000000000002' where title in ('Task 1', 'Task 2');
select results_eq(
  $$ select slug::text, task_count from workspaces order by slug $$,
  $$ values ('acme', 3), ('other', 2) $$,
  'tasks that move are counted where they are'
);
update tasks set title = title || '!';
select results_eq(
  $$ select slug::text, task_count from workspaces order by slug $$,
  $$ values ('acme', 3), ('other', 2) $$,
  'tasks that stay are not counted again'
);

delete from tasks where title in ('Task 1!', 'Task 4!');
select results_eq(
  $$ select slug::text, task_count from workspaces order by slug $$,
  $$ values ('acme', 2), ('other', 1) $$,
  'deleted tasks are not counted'
);
select lives_ok(
  $$ delete from workspaces where slug = 'other' $$,
  'a workspace is deleted with its tasks'
);

select * from finish();
rollback;
