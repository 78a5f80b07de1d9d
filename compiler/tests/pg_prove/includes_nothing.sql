select plan(1);
\ir nowhere.inc
select pass('not reached');
