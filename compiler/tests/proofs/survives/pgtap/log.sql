-- log_row, log_empty, other_fails: what is counted survives what undoes it
begin;
select plan(4);
copy log (id, note) from stdin;
1	one
2	two
3	\N
\.
select is(count(*), 3::bigint, 'copied') from log;
savepoint a;
update log set note = 'x' where id = 1;
rollback to a;
select is(note, 'one', 'undone') from log where id = 1;
do $$
begin
  delete from log where id = 2;
  raise exception 'no';
exception when others then
  null;
end
$$;
select throws_ok('insert into other values (1), (1)', '23505', null, 'fails after it fired');
truncate log;
select is(count(*), 0::bigint, 'emptied') from log;
select * from finish();
rollback;
