select plan(1);
select pass('after a byte order mark');
