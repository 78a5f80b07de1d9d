begin;
select plan(2);
-- t_touch and u_touch share a function
insert into t (name) values ('a');
update t set stamp = 1;
select is(touched, false, 'the same name does not touch') from t;
update t set name = 'b';
select is(touched, true, 'a new name touches') from t;
select * from finish();
rollback;
