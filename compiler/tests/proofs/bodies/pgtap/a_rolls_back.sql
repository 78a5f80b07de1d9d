-- stock_guard, stock_keep_a: what is rolled back ran all the same
begin;
select plan(4);
select throws_ok('insert into stock values (1, -1)', 'P0001', 'no debt');
insert into stock values (2, 5), (3, 2000);
select is(amount, 1000, 'capped') from stock where id = 3;
select throws_ok($$ insert into stock values (4, 1, 'odd') $$, 'P0001', 'unknown kind');
select throws_ok($$ select always_raises('so') $$, 'P0001', 'so');
select * from finish();
rollback;
