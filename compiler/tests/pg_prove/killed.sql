select plan(2);
select pass('alive');
select pg_terminate_backend(pg_backend_pid());
select pass('dead');
