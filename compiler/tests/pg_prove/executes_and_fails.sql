select plan(3);
\set ON_ERROR_STOP 0
select unnest(array['select 1/0', 'select pass(''goes on'')']) \gexec
\set ON_ERROR_STOP 1
select unnest(array['select pass(''once'')', 'select 1/0', 'select pass(''not reached'')']) \gexec
select pass('not reached');
