select plan(1);
select pass('alive');
select pg_terminate_backend(pg_backend_pid());
