begin;
select plan(2);
copy t (id, name) from stdin;
1	a;b
2	\N
\.
select is(count(*), 2::bigint) from t;
copy (select 'ok 2 - copied out') to stdout;
rollback;
