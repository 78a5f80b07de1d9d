begin;
select plan(2);
-- ledger_append_only
insert into ledger values (1, 10);
select throws_ok('update ledger set amount = 0', 'P0001', 'append-only', 'no update');
select throws_ok('delete from ledger', 'P0001', 'append-only', 'no delete');
select * from finish();
rollback;
