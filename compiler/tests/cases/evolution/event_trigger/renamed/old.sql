create function watch() returns event_trigger language plpgsql as 'begin end';
create event trigger watch_all on ddl_command_start execute function watch();
