-- The policies: own_workspace of workspaces; same_workspace of memberships, tasks, labels and task_labels;
-- read_workspace, write_as_author and edit_own of comments.
-- They stand on the functions current_workspace and current_member.
begin;
select plan(8);

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

-- Runs a statement as the application, which works for Ada in Acme: how many rows it saw or changed, or why it could not.
create function pg_temp.as_app(statement text) returns text language plpgsql as $$
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
exception when insufficient_privilege then
  return sqlerrm;
end
$$;

select is(
  pg_temp.as_app('select from workspaces'), '1',
  'the own workspace is seen, another is not'
);

select is(
  array[pg_temp.as_app('select from memberships'), pg_temp.as_app('update memberships set role = ''admin''')],
  array['1', '1'],
  'memberships of the own workspace are seen and changed, others are not'
);

select is(
  array[
    pg_temp.as_app('select from tasks'),
    pg_temp.as_app('update tasks set description = ''seen'''),
    pg_temp.as_app('insert into tasks (workspace_id, title) values (''00000000-0000-0000-0000-000000000002'', ''Smuggled'')'),
    pg_temp.as_app('update tasks set workspace_id = ''00000000-0000-0000-0000-000000000002''')
  ],
  array[
    '1',
    '1',
    'new row violates row-level security policy for table "tasks"',
    'new row violates row-level security policy for table "tasks"'
  ],
  'tasks of the own workspace are seen and changed, and none is written into another'
);

select is(
  array[pg_temp.as_app('select from labels'), pg_temp.as_app('update labels set color = ''#000000''')],
  array['1', '1'],
  'labels of the own workspace are seen and changed, others are not'
);

select is(
  array[pg_temp.as_app('select from task_labels'), pg_temp.as_app('delete from task_labels')],
  array['1', '1'],
  'labels are seen on and taken off the own tasks, not others'
);

select is(
  pg_temp.as_app('select from comments'), '2',
  'comments of the own workspace are seen, whoever wrote them'
);

select is(
  pg_temp.as_app('update comments set body = ''Still mine'''), '1',
  'only the own comments can be edited'
);

select is(
  array[
    pg_temp.as_app($$
      insert into comments (workspace_id, task_id, author_id, body) values
        ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-00000000000a', 'Agreed')
    $$),
    pg_temp.as_app($$
      insert into comments (workspace_id, task_id, author_id, body) values
        ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-00000000000b', 'Forged')
    $$)
  ],
  array['1', 'new row violates row-level security policy for table "comments"'],
  'a comment is written in the own name, not in another''s'
);

select * from finish();
rollback;
