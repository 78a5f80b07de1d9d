begin;
select plan(1);
-- t_touch
insert into t (name) values ('a');
update t set name = 'b';
select is(touched, true, 'a new name touches') from t;
select * from finish();
rollback;
