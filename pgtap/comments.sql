-- comments_edited, comments_audit
begin;
select plan(9);

insert into workspaces (id, slug, name) values ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme');
insert into tasks (id, workspace_id, title) values
  ('00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-000000000001', 'Write the spec');
insert into comments (workspace_id, task_id, body, edited_at) values
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', 'Frist!', null),
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', 'Second.', '2020-01-01');

-- comments_edited

update comments set body = 'First!' where body = 'Frist!';
select is(edited_at, now(), 'another text is an edit') from comments where body = 'First!';
select is((select count(*) from comments where body = 'First!'), 1::bigint, 'the edit itself is kept');
update comments set body = body, deleted_at = now() where body = 'Second.';
select is(edited_at, '2020-01-01', 'the same text is no edit') from comments where body = 'Second.';

-- comments_audit

select results_eq(
  $$
    select workspace_id, new_row ->> 'body'
    from audit_log
    where table_name = 'comments' and operation = 'insert'
    order by row_id::bigint
  $$,
  $$
    values
      ('00000000-0000-0000-0000-000000000001'::uuid, 'Frist!'),
      ('00000000-0000-0000-0000-000000000001'::uuid, 'Second.')
  $$,
  'new comments are in the log'
);
select results_eq(
  $$
    select old_row ->> 'body', new_row ->> 'body'
    from audit_log
    where table_name = 'comments' and operation = 'update'
    order by row_id::bigint
  $$,
  $$ values ('Frist!', 'First!'), ('Second.', 'Second.') $$,
  'changed comments are in the log, before and after'
);
delete from comments where body = 'First!';
select results_eq(
  $$ select old_row ->> 'body', new_row from audit_log where table_name = 'comments' and operation = 'delete' $$,
  $$ values ('First!', null::jsonb) $$,
  'a deleted comment is in the log'
);
select is((select count(*) from comments), 1::bigint, 'and it is really deleted');
select is(
  (select array_agg(distinct row_id) from audit_log where table_name = 'comments' and operation = 'update' and new_row ->> 'body' = 'Second.'),
  (select array_agg(id::text) from comments),
  'the log names the comment by its id'
);
select is(
  (select count(*) from audit_log where table_name = 'comments'), 5::bigint,
  'each change is in the log once'
);

select * from finish();
rollback;
