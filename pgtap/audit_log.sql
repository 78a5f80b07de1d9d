-- audit_log_append_only, audit_log_no_truncate
begin;
select plan(3);

insert into audit_log (occurred_at, table_name, operation, row_id, new_row) values
  ('2026-06-01', 'tasks', 'insert', '1', '{}'),
  ('2031-06-01', 'tasks', 'insert', '2', '{}');

select throws_ok(
  $$ update audit_log set actor = 'nobody' where row_id = '1' $$,
  '23001', 'audit_log_2026 is append-only',
  'an entry cannot be changed'
);
select throws_ok(
  $$ delete from audit_log_default $$,
  '23001', 'audit_log_default is append-only',
  'an entry cannot be deleted, not even through its partition'
);
select throws_ok(
  $$ truncate audit_log $$,
  '23001', 'audit_log is append-only',
  'the log cannot be emptied'
);

select * from finish();
rollback;
