begin;
select plan(3);
select todo('later', 2);
select fail('known to fail');
select pass('works already');
select pass('works');
select * from finish();
rollback;
