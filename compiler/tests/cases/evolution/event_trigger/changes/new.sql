create function watch() returns event_trigger language plpgsql as 'begin end';
create event trigger watch_ddl on ddl_command_end when tag in ('CREATE TABLE') execute function watch();
alter event trigger watch_ddl disable;
create event trigger watch_rewrites on table_rewrite execute function watch();
comment on event trigger watch_ddl is 'Sees tables.';
