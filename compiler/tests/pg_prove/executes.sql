begin;
select plan(4);
select format('insert into t values (%s)', n), null, format('select pass(%L)', n) from generate_series(1, 2) as n \gexec
select is(count(*), 2::bigint) from t;
select 'select pass(''the last'')' where true
\gexec
select 'select fail()' where false \gexec
rollback;
