-- t_touch
begin;
select no_plan();
select is((select count(*) from t), 0::bigint, 'no row of another suite is here');
insert into t (name) values ('x');
select is((select id from t), 1, 'nor its sequence');
select * from finish();
