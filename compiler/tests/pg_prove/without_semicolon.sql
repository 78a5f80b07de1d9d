begin; select plan(1); select pass('one') \; select 'not a test';
select * from finish(); rollback
