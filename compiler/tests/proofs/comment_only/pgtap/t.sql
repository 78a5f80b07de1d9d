begin;
select plan(1);
-- t_touch is tested some other day
select pass('t is there');
select * from finish();
rollback;
