begin;
select plan(4);
-- event_see is on the parent, event_b_see on a partition
insert into event (id, kind) values (1, 'a'), (2, 'b');
select is(count(*), 2::bigint, 'rows of both partitions are seen') from event where seen;
update event set seen = false, id = id + 10;
select is(seen, true, 'a change in b is seen') from event where kind = 'b';
select is(seen, false, 'a change in a is not') from event where kind = 'a';
select is(sum(id), 23::bigint, 'both changes are kept') from event;
select * from finish();
rollback;
