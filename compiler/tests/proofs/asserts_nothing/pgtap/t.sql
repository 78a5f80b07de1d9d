begin;
select plan(1);
-- t_touch
insert into t (name) values ('a'), ('b');
update t set name = 'c' where name = 'a';
update t set name = name;
select pass('nothing breaks');
select * from finish();
rollback;
