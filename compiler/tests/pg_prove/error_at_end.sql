begin;
select plan(1);
select pass('one');
select * from finish();
rollback;
select 1 / 0;
