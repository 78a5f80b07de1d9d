\t off
begin;
select plan(1);
select pass('with a header');
rollback;
