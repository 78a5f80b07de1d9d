begin;
select plan(3);
select skip('not here', 2);
select pass('here');
select * from finish();
rollback;
