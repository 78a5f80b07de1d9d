begin;
select plan(3);
\ir included.inc
\set again yes
\if :again
\include_relative included.inc
\endif
select is(count(*), 2::bigint, 'twice') from t;
select * from finish();
rollback;
