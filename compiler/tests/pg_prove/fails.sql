begin;
select plan(3);
select ok(true);
select is(1, 2, 'one is two');
select results_eq('select 1', 'select 2', 'rows');
select * from finish();
rollback;
