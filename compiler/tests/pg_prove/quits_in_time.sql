select plan(1);
select pass('one');
\q
select fail('two');
