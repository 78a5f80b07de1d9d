begin;
select plan(2);
select throws_ok('select 1 / 0', '22012');
select lives_ok('select 1');
do $do$ begin raise notice 'ok 3 - on standard error'; end $do$;
select * from finish();
rollback;
