\set x 'select'
\set quoted 'a"b''c'
select plan(5);
select is((array[1, 2, 3])[2:3], array[2, 3], 'a slice');
select is(':x :''x'''::text, chr(58) || 'x ' || chr(58) || '''x''', 'nothing is replaced in strings');
select is($$:x$$::text, chr(58) || 'x', 'nor in dollars');
select is(:'quoted'::text, 'a"b''c', 'a value with quotes');
select is('1'::int, 1, 'a cast') /* :x /* nested ; */ ; */;
