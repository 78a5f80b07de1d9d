-- overdue_tasks_snooze
begin;
select plan(5);

insert into workspaces (id, slug, name) values ('00000000-0000-0000-0000-000000000001', 'acme', 'Acme');
insert into tasks (workspace_id, title, status, due_at) values
  ('00000000-0000-0000-0000-000000000001', 'Late', 'open', now() - interval '1 day'),
  ('00000000-0000-0000-0000-000000000001', 'Later', 'in_progress', now() - interval '2 days'),
  ('00000000-0000-0000-0000-000000000001', 'Late but done', 'done', now() - interval '1 day'),
  ('00000000-0000-0000-0000-000000000001', 'In time', 'open', now() + interval '1 day');

select results_eq(
  $$ select workspace::text, title::text from overdue_tasks order by due_at $$,
  $$ values ('Acme', 'Later'), ('Acme', 'Late') $$,
  'what is late and not done is overdue'
);

update overdue_tasks set due_at = now() + interval '1 week' where title = 'Late';

select is(due_at, now() + interval '1 week', 'a snoozed task is due later') from tasks where title = 'Late';
select is(due_at, now() - interval '2 days', 'the others are not') from tasks where title = 'Later';
select results_eq(
  $$ select title::text from overdue_tasks $$, $$ values ('Later') $$,
  'a snoozed task is not overdue'
);
select results_eq(
  $$ update overdue_tasks set due_at = now() + interval '1 week' returning title::text $$, $$ values ('Later') $$,
  'the update says what it changed'
);

select * from finish();
rollback;
