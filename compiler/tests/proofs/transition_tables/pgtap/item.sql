begin;
select plan(1);
-- item_add_up
insert into item select i, i from generate_series(1, 4) as i;
select is(n, 10::bigint, 'added up') from total;
select * from finish();
rollback;
