begin;
create function test_fails() returns setof text language sql as $$ select is(1, 2, 'one is two') $$;
create function test_dies() returns setof text language plpgsql as $$ begin perform 1 / 0; end $$;
create function test_passes() returns setof text language sql as $$ select pass('so') $$;
select * from runtests('^test_');
rollback;
