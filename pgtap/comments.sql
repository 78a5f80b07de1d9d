-- comments_edited, comments_audit
begin;
select plan(3);

insert into workspaces (id, slug, name) values ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme');
insert into tasks (id, workspace_id, title) values
  ('00000000-0000-0000-0000-0000000000aa', '00000000-0000-0000-0000-000000000001', 'Write the spec');
insert into comments (id, workspace_id, task_id, body, edited_at) overriding system value values
  (1, '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', 'Frist!', null),
  (2, '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-0000000000aa', 'Second.', '2020-01-01');

-- comments_edited

update comments set body = 'First!' where id = 1;
select results_eq(
  $$ select body, edited_at from comments where id = 1 $$,
  $$ values ('First!', now()) $$,
  'another text is an edit'
);
update comments set body = body, deleted_at = now() where id = 2;
select results_eq(
  $$ select edited_at, deleted_at from comments where id = 2 $$,
  $$ values (timestamptz '2020-01-01', now()) $$,
  'the same text is no edit'
);

-- comments_audit

delete from comments where id = 1;
select results_eq(
  $$
    select workspace_id, row_id, operation, old_row ->> 'body', new_row ->> 'body'
    from audit_log
    where table_name = 'comments'
    order by row_id, operation
  $$,
  $$
    select uuid '00000000-0000-0000-0000-000000000001', row_id, operation::audit_operation, old_body, new_body
    from (values
      ('1', 'insert', null, 'Frist!'),
      ('1', 'update', 'Frist!', 'First!'),
      ('1', 'delete', 'First!', null),
      ('2', 'insert', null, 'Second.'),
      ('2', 'update', 'Second.', 'Second.')
    ) as changes (row_id, operation, old_body, new_body)
  $$,
  'each change of a comment is in the log once, before and after'
);

select * from finish();
rollback;
