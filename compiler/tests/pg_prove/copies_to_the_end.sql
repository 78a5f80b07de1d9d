select plan(1);
select pass('one');
copy t (id, name) from stdin;
1	a
2	b
