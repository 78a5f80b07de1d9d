-- stock_keep_b, in another session
select plan(1);
insert into stock values (2, 7);
update stock set amount = 8 where id = 2;
delete from stock;
select is(count(*), 0::bigint, 'gone') from stock;
select * from finish();
