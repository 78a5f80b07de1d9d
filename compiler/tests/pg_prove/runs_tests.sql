begin;
create schema x;
create function x.startup_once() returns setof text language sql as $$ select pass('startup') $$;
create function x.setup_row() returns setof text language plpgsql as $$ begin insert into t values (1, 'a'); return next pass('set up'); end $$;
create function x.test_one() returns setof text language sql as $$ select is(count(*), 1::bigint, 'one row') from t $$;
create function x.test_two() returns setof text language plpgsql as $$
begin
  update t set name = 'b';
  return next is(name, 'b') from t;
  return next ok(true, 'still');
end
$$;
create function x.teardown_row() returns setof text language plpgsql as $$ begin delete from t; return; end $$;
create function x.shutdown_once() returns setof text language sql as $$ select pass('shut down') $$;
select * from runtests('x'::name);
rollback;
