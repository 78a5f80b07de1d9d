-- The policies: own_workspace of workspaces; same_workspace of memberships, tasks, labels and task_labels;
-- read_workspace, write_as_author and edit_own of comments.
begin;
select plan(26);

insert into users (id, email, display_name) values
  ('00000000-0000-0000-0000-00000000000a', 'ada@example.org', 'Ada'),
  ('00000000-0000-0000-0000-00000000000b', 'bob@example.org', 'Bob');
insert into workspaces (id, slug, name) values
  ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme'),
  ('00000000-0000-0000-0000-000000000002', 'other', 'Other');
insert into memberships (workspace_id, user_id) values
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000a'),
  ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-00000000000b');
insert into tasks (id, workspace_id, title) values
  ('00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-000000000001', 'Ours'),
  ('00000000-0000-0000-0000-0000000000bb', '00000000-0000-0000-0000-000000000002', 'Theirs');
insert into labels (id, workspace_id, name) overriding system value values
  (1, '00000000-0000-0000-0000-000000000001', 'ours'),
  (2, '00000000-0000-0000-0000-000000000002', 'theirs');
insert into task_labels (workspace_id, task_id, label_id) values
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', 1),
  ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-0000000000bb', 2);
insert into comments (workspace_id, task_id, author_id, body) values
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-00000000000a', 'Mine'),
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-00000000000b', 'Bob''s'),
  ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-0000000000bb', '00000000-0000-0000-0000-00000000000a', 'Mine elsewhere');

-- Runs a statement as the application, which works for Ada in Acme; says how many rows it saw or changed.
create function pg_temp.as_app(statement text) returns bigint language plpgsql as $$
declare
  rows bigint;
begin
  perform set_config('app.workspace', '00000000-0000-0000-0000-000000000001', true);
  perform set_config('app.user', '00000000-0000-0000-0000-00000000000a', true);
  set local role app;
  execute statement;
  get diagnostics rows = row_count;
  reset role;
  return rows;
end
$$;

select is(pg_temp.as_app('select from workspaces where slug = ''acme'''), 1::bigint, 'the own workspace is seen');
select is(pg_temp.as_app('select from workspaces'), 1::bigint, 'another workspace is not');

select is(pg_temp.as_app('select from memberships'), 1::bigint, 'memberships of the own workspace are seen');
select is(pg_temp.as_app('select from memberships where user_id = ''00000000-0000-0000-0000-00000000000b'''), 0::bigint, 'others are not');
select is(pg_temp.as_app('update memberships set role = ''admin'''), 1::bigint, 'only the own can be changed');

select is(pg_temp.as_app('select from tasks where title = ''Ours'''), 1::bigint, 'tasks of the own workspace are seen');
select is(pg_temp.as_app('select from tasks where title = ''Theirs'''), 0::bigint, 'others are not');
select is(pg_temp.as_app('update tasks set description = ''seen'''), 1::bigint, 'only the own can be changed');
select throws_ok(
  $$ select pg_temp.as_app('insert into tasks (workspace_id, title) values (''00000000-0000-0000-0000-000000000002'', ''Smuggled'')') $$,
  '42501', 'new row violates row-level security policy for table "tasks"',
  'nobody adds tasks to another workspace'
);
select throws_ok(
  $$ select pg_temp.as_app('update tasks set workspace_id = ''00000000-0000-0000-0000-000000000002''') $$,
  '42501', 'new row violates row-level security policy for table "tasks"',
  'nobody moves tasks to another workspace'
);

select is(pg_temp.as_app('select from labels where name = ''ours'''), 1::bigint, 'labels of the own workspace are seen');
select is(pg_temp.as_app('select from labels where name = ''theirs'''), 0::bigint, 'others are not');
select is(pg_temp.as_app('update labels set color = ''#000000'''), 1::bigint, 'only the own can be changed');

select is(pg_temp.as_app('select from task_labels where label_id = 1'), 1::bigint, 'the own tasks'' labels are seen');
select is(pg_temp.as_app('select from task_labels where label_id = 2'), 0::bigint, 'others are not');
select is(pg_temp.as_app('delete from task_labels'), 1::bigint, 'only the own can be taken off');

select is(pg_temp.as_app('select from comments'), 2::bigint, 'comments of the own workspace are seen, whoever wrote them');
select is(pg_temp.as_app('select from comments where body = ''Mine elsewhere'''), 0::bigint, 'others are not');
select is(pg_temp.as_app('update comments set body = ''Still mine'' where body = ''Mine'''), 1::bigint, 'the own comments can be edited');
select is(pg_temp.as_app('update comments set body = ''Mine now'' where body = ''Bob''''s'''), 0::bigint, 'others'' comments cannot');
select is(
  pg_temp.as_app($$
    insert into comments (workspace_id, task_id, author_id, body) values
      ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-00000000000a', 'Agreed')
  $$),
  1::bigint, 'a comment in the own name can be written'
);
select throws_ok(
  $test$
    select pg_temp.as_app($$
      insert into comments (workspace_id, task_id, author_id, body) values
        ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-00000000000b', 'Forged')
    $$)
  $test$,
  '42501', 'new row violates row-level security policy for table "comments"',
  'one in another''s name cannot'
);

-- The functions that the policies stand on.

set local "app.workspace" = '';
set local "app.user" = '';
select is(current_workspace(), null, 'no setting is no workspace');
select is(current_member(), null, 'no setting is no member');
set local "app.workspace" = '00000000-0000-0000-0000-000000000001';
set local "app.user" = '00000000-0000-0000-0000-00000000000a';
select is(current_workspace(), '00000000-0000-0000-0000-000000000001', 'the setting is the workspace');
select is(current_member(), '00000000-0000-0000-0000-00000000000a', 'the setting is the member');

select * from finish();
rollback;
