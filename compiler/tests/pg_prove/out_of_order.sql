select '1..2';
select 'ok 2';
select 'ok 1';
