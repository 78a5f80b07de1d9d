begin;
create schema tests;
create function tests.test_one() returns setof text language plpgsql as $$
begin
  return next pass('in one');
  return next is(2, 2, 'two');
end
$$;
create function tests.test_two() returns setof text language plpgsql as $$
begin
  return next fail('in two');
end
$$;
select * from runtests('tests'::name);
rollback;
