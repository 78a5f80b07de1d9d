begin;
select plan(3);
-- loud_write
insert into loud values (1, 'ADA');
select is(name, 'ada', 'written in lower case') from person;
update loud set name = 'BOB' where id = 1;
select is(name, 'bob', 'changed') from person;
delete from loud;
select is(count(*), 0::bigint, 'gone') from person;
select * from finish();
rollback;
