begin;
select plan(1);
create function one() returns int begin atomic select 0; select case when true then 1 else 2 end; end;
select is(one(), 1, 'semicolons inside');
select * from finish();
rollback;
