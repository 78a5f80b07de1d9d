\set ON_ERROR_STOP off
\set ON_ERROR_ROLLBACK on
begin;
select plan(2);
select pass('one');
select * from nowhere;
select pass('two');
select * from finish();
rollback;
