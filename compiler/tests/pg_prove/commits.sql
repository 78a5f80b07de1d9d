select plan(1);
insert into t values (1, 'a');
select is(count(*), 1::bigint) from t;
select * from finish();
