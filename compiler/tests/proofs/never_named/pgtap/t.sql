begin;
select plan(1);
insert into t (name) values ('a');
update t set name = 'b';
select is(touched, true, 'touched') from t;
select * from finish();
rollback;
