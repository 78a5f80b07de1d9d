-- log_tables, "keep it", drops, switched_off
begin;
select plan(4);
delete from ddl_log;
create view seen as select id from kept;
alter table kept add column name text;
savepoint before;
create view undone as select 1 as one;
rollback to before;
select results_eq(
  'select command, object from ddl_log order by object, command',
  $$ values ('ALTER TABLE', 'public.kept'), ('CREATE VIEW', 'public.seen') $$,
  'what is made is in the log, once'
);
create function other() returns int language sql as 'select 1';
select is(count(*), 2::bigint, 'functions are not in the log') from ddl_log;
select throws_ok('drop table kept cascade', '23001', 'tables stay', 'tables are not dropped');
select lives_ok('drop view seen', 'a view is no table');
select * from finish();
rollback;
