create table ddl_log (command text not null, object text not null);
create function log_ddl() returns event_trigger language plpgsql as $$
begin
  insert into public.ddl_log select command_tag, object_identity from pg_event_trigger_ddl_commands();
end
$$;
create function keep_tables() returns event_trigger language plpgsql as $$
begin
  raise exception 'tables stay' using errcode = '23001';
end
$$;
create function watch_all() returns event_trigger language plpgsql as $$
begin
  if tg_tag = 'DROP VIEW' then
    raise notice 'a view';
  end if;
end
$$;
create table kept (id int);
create event trigger log_tables on ddl_command_end when tag in ('CREATE VIEW', 'ALTER TABLE', 'CREATE DOMAIN') execute function log_ddl();
create event trigger "keep it" on ddl_command_start when tag in ('DROP TABLE') execute function keep_tables();
create event trigger drops on sql_drop execute function watch_all();
create event trigger switched_off on ddl_command_end when tag in ('CREATE VIEW') execute function watch_all();
alter event trigger switched_off disable;
