-- workspaces_touch
begin;
select plan(5);

insert into workspaces (slug, name, updated_at) values
  ('acme', 'Acme', '2020-01-01'),
  ('apart', 'Apart', '2020-01-01');

update workspaces set name = 'Acme Ltd' where slug = 'acme';

select is(updated_at, now(), 'a new name is a change')
from workspaces where slug = 'acme';
select is(name::text, 'Acme Ltd', 'the change itself is kept')
from workspaces where slug = 'acme';
select is(updated_at, '2020-01-01', 'another workspace is left alone')
from workspaces where slug = 'apart';

update workspaces set name = name, task_count = 7 where slug = 'apart';

select is(updated_at, '2020-01-01', 'counting tasks is no change')
from workspaces where slug = 'apart';
select is(task_count, 7, 'the count is kept')
from workspaces where slug = 'apart';

select * from finish();
rollback;
