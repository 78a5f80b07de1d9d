\unset ECHO
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true
begin;
select plan(2);
select ok(true, 'yes');
select is(1, 1);
select * from finish();
rollback;
