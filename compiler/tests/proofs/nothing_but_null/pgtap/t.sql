-- t_quiet
begin;
select plan(1);
insert into t values (1);
select is(count(*), 1::bigint, 'the row is there') from t;
rollback;
