begin;
select plan(1);
select ok(true, 'a | b'), null, 3;
select e'# two\n# lines';
rollback;
