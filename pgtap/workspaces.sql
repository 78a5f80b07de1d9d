-- workspaces_touch
begin;
select plan(2);

insert into workspaces (slug, name, updated_at) values
  ('acme', 'Acme', '2020-01-01'),
  ('counted', 'Counted', '2020-01-01');

update workspaces set name = 'Acme Ltd' where slug = 'acme';
select is(
  row(name, updated_at), row('Acme Ltd'::varchar, now()),
  'a new name is a change'
) from workspaces where slug = 'acme';

update workspaces set name = name, task_count = 7 where slug = 'counted';
select is(
  row(task_count, updated_at), row(7, timestamptz '2020-01-01'),
  'counting tasks is no change'
) from workspaces where slug = 'counted';

select * from finish();
rollback;
