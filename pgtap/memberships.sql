-- memberships_keep_an_owner
begin;
select plan(4);

insert into users (id, email, display_name) values
  ('00000000-0000-0000-0000-00000000000a', 'ada@example.org', 'Ada'),
  ('00000000-0000-0000-0000-00000000000b', 'bob@example.org', 'Bob');
insert into workspaces (id, slug, name) values
  ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme'),
  ('00000000-0000-0000-0000-000000000002', 'orphaned', 'Nobody owns this one'),
  ('00000000-0000-0000-0000-000000000003', 'closing', 'About to be deleted');
insert into memberships (workspace_id, user_id, role) values
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000a', 'owner'),
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000b', 'member'),
  ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-00000000000b', 'guest'),
  ('00000000-0000-0000-0000-000000000003', '00000000-0000-0000-0000-00000000000a', 'owner');

select lives_ok(
  $$
    update memberships set role = 'admin' where role = 'owner' and workspace_id = '00000000-0000-0000-0000-000000000001';
    update memberships set role = 'owner'
    where user_id = '00000000-0000-0000-0000-00000000000b' and workspace_id = '00000000-0000-0000-0000-000000000001';
    set constraints all immediate;
    set constraints all deferred;
  $$,
  'ownership is handed over in two steps'
);

select throws_ok(
  $$
    update memberships set role = 'admin' where workspace_id = '00000000-0000-0000-0000-000000000001';
    set constraints all immediate;
  $$,
  '23514', 'workspace 00000000-0000-0000-0000-000000000001 has no owner',
  'the only owner cannot step down'
);

select throws_ok(
  $$
    delete from memberships where workspace_id = '00000000-0000-0000-0000-000000000001';
    set constraints all immediate;
  $$,
  '23514', 'workspace 00000000-0000-0000-0000-000000000001 has no owner',
  'the only owner cannot leave'
);

select lives_ok(
  $$
    delete from memberships where workspace_id = '00000000-0000-0000-0000-000000000002';
    delete from workspaces where slug = 'closing';
    set constraints all immediate;
    set constraints all deferred;
  $$,
  'who never was an owner can leave, and a workspace goes with its owner'
);

select * from finish();
rollback;
