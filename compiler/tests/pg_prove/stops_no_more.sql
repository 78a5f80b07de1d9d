select plan(2);
\set ON_ERROR_STOP 0
select nothing from nowhere;
\unset ON_ERROR_STOP
select 1 / 0;
select pass('on');
\set ON_ERROR_STOP on
select pass('and on');
select 1 / 0;
select fail('not reached');
