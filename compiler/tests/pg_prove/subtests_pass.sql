begin;
create schema tests;
create function tests.test_one() returns setof text language plpgsql as $$
begin
  return next pass('in one');
end
$$;
select * from runtests('tests'::name);
rollback;
