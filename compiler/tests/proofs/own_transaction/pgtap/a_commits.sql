-- t_touch: ends its own transaction
select plan(2);
insert into t (name) values ('a');
select is((select id from t), 1, 'the first id');
begin;
update t set name = 'b';
commit;
select is((select touched from t), true, 'a new name touches');
select * from finish();
