select plan(1);
\set ON_ERROR_STOP 0
select 1 where false \gset
\set ON_ERROR_STOP 1
select pass('a');
select 1 as a union select 2 \gset
select fail('not reached');
