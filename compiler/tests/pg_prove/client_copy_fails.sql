select plan(2);
select pass('a');
\copy t from 'tests/pg_prove/no_such_file'
select pass('not reached');
