begin;
select plan(3);
-- account_no_debt
insert into account values (1, 5), (2, 5);
select lives_ok(
  $$ update account set balance = -5 where id = 1; update account set balance = 5 where id = 1; set constraints account_no_debt immediate $$,
  'a debt on the way is none at the end'
);
set constraints account_no_debt deferred;
select throws_ok(
  $$ update account set balance = -5 where id = 2; set constraints all immediate $$, '23514', 'account 2 is in debt', 'a debt is refused'
);
select throws_ok(
  $$ insert into account values (3, -1); set constraints account_no_debt immediate $$, '23514', 'account 3 is in debt', 'a new debt too'
);
select * from finish();
rollback;
