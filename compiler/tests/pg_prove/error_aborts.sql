\set ON_ERROR_STOP 0
begin;
select plan(2);
select pass('one');
select * from nowhere;
select pass('never seen');
rollback;
