select plan(2);
-- a comment
select pass('one');
select is(length($$a
$$),
  3, 'two');
\set x 1
