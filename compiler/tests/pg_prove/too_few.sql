begin;
select plan(3);
select pass('only one');
select * from finish();
rollback;
