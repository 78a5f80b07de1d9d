begin;
select plan(1);
-- account_no_debt
insert into account values (1, -5);
select pass('a debt is written');
select * from finish();
rollback;
