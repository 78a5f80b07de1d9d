\set ON_ERROR_STOP 0
begin;
select plan(2);
select pass('one');
savepoint a;
select * from nowhere;
rollback to a;
select pass('two');
select * from finish();
rollback;
