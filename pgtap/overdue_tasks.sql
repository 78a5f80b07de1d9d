-- overdue_tasks_snooze
begin;
select plan(1);

insert into workspaces (id, slug, name) values ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme');
insert into tasks (workspace_id, title, status, due_at, completed_at) values
  ('00000000-0000-0000-0000-000000000001', 'In time', 'open', now() + interval '1 day', null),
  ('00000000-0000-0000-0000-000000000001', 'Late but done', 'done', now() - interval '1 day', '2020-01-01'),
  ('00000000-0000-0000-0000-000000000001', 'Late', 'open', now() - interval '1 day', null),
  ('00000000-0000-0000-0000-000000000001', 'Later', 'in_progress', now() - interval '2 days', null);

update overdue_tasks set due_at = now() + interval '1 week' where title = 'Late';

select results_eq(
  $$
    select title::text, due_at - now(), exists (select from overdue_tasks where overdue_tasks.id = tasks.id)
    from tasks order by title
  $$,
  $$
    values
      ('In time', interval '1 day', false),
      ('Late', interval '7 days', false),
      ('Late but done', interval '-1 day', false),
      ('Later', interval '-2 days', true)
  $$,
  'a snoozed task is due later and not overdue any more, the others stay'
);

select * from finish();
rollback;
