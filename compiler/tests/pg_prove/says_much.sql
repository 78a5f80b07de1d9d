select plan(2);
\qecho '# to the output'
\warn 'to standard error'
do $$ begin raise notice 'ok 1 - a notice is no output'; raise warning 'not ok 1'; end $$;
select pass(E'with\nlines');
select ok(null, 'null is not ok');
select diag('a', 'b');
