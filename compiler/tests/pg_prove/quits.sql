select plan(2);
select pass('one');
\q
select pass('two');
