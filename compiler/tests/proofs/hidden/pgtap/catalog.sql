-- account_no_debt, note_keep, note_all: probes are not seen, and change no result
begin;
select plan(9);
select triggers_are('account', array['account_no_debt']);
select triggers_are('note', array['note_keep']);
select schemas_are(array['public']);
select tables_are(array['account', 'note']);
select sequences_are(array['note_id_seq']);
select policies_are('public', 'note', array['note_all']);
select is((select count(*) from pg_constraint where contype = 't'), 1::bigint, 'one constraint trigger');
insert into note (text) values ('a');
select is(lastval(), 1::bigint, 'lastval is the serial''s');
select is(
  (select count(*) from information_schema.triggers where trigger_schema = 'public'), 3::bigint,
  'the standard''s catalog has one row for each event'
);
select * from finish();
rollback;
