begin;
select plan(4);
\copy t (id, name) from stdin
1	a;b
2	\N
\.
select is(count(*), 2::bigint, 'from the script') from t;
\copy t from 'tests/pg_prove/rows.csv' with (format csv)
select is(count(*), 4::bigint, 'from a file') from t;
select is(name, 'd, d', 'quoted') from t where id = 4;
\copy (select 'ok 4 - copied out') to stdout
rollback;
